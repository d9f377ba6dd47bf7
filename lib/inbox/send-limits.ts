/** What Instagram takes at once, for whoever writes, checks or sends. */

export const MAX_IMAGES = 10;
export const MAX_QUICK_REPLIES = 13;
export const MAX_CARDS = 10;
export const MAX_BUTTONS = 3;
/** Titles of buttons and quick replies. */
export const BUTTON_CHARACTERS = 20;
/** Titles and subtitles of cards. */
export const CARD_CHARACTERS = 80;
export const BUTTONS_TEXT_CHARACTERS = 640;

const MB = 1024 * 1024;

export const MEDIA_LIMIT_BYTES = { image: 8 * MB, audio: 25 * MB, video: 25 * MB, file: 25 * MB };

/** Our own: one click makes no more messages than this. */
export const MAX_SENDS = 25;

/** The one reaction that Instagram lets a business give through a Facebook Page. */
export const HEART = "\u2764\ufe0f";
