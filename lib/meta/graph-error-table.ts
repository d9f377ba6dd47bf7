const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * What to do about an error: `retry` again by itself (at most three times), `wait` for `waitMs` first, `reconnect` the
 * channel with a new login, `permanent` for this request, `ask` a person to change something and repeat by hand.
 */
export type GraphErrorClass = "retry" | "wait" | "reconnect" | "permanent" | "ask";

export type GraphErrorRule = { class: GraphErrorClass; words: string; waitMs?: number };

type Row = [codes: number | number[], subcodes: number | number[] | null, rule: GraphErrorRule];

const retry = (words: string): GraphErrorRule => ({ class: "retry", words });
const wait = (waitMs: number, words: string): GraphErrorRule => ({ class: "wait", words, waitMs });
const reconnect = (words: string): GraphErrorRule => ({ class: "reconnect", words });
const permanent = (words: string): GraphErrorRule => ({ class: "permanent", words });
const ask = (words: string): GraphErrorRule => ({ class: "ask", words });

const OUR_BUG = "Facebook did not understand this request. That is a fault of this desk: tell who runs it.";
const META_TROUBLE = "Facebook had a passing problem. Try again in a minute.";
const TOO_FAST = "Facebook asks for a pause, because too much was asked of it. It goes on by itself after the pause.";
const WINDOW_OVER =
  "Instagram's reply window is over: 24 hours after the customer's last message, or 7 days for a human agent. It opens again when they write.";
const PERSON_UNAVAILABLE =
  "Instagram cannot reach this person: they may have blocked the account or left Instagram. Wait until they write again.";
const NO_SUCH_PERSON = "Instagram does not know this person any more. Wait until they write again.";
const MEDIA_REFUSED = "Instagram could not use this attachment. Send it in another format or a smaller size.";
const PERMISSION_MISSING =
  "Facebook has not given this desk the permission for this. Reconnect the channel and allow everything it asks for.";
const ACCESS_TO_MESSAGES_OFF =
  "The account does not let connected tools read its messages. In the Instagram app open Settings → Messages and story replies → Message controls → Connected tools, switch “Allow access to messages” on, then try again.";
const LOGIN_OVER = "Facebook ended the login behind this channel. Reconnect the channel.";

/** Meta's codes and what each means for us. A row with subcodes is looked up before the row of the bare code. */
const ROWS: Row[] = [
  [[1, 99], null, retry(META_TROUBLE)],
  [
    2,
    null,
    retry(
      "Facebook had a passing problem, or this person does not take messages from the account. Try again in a minute.",
    ),
  ],
  [
    3,
    null,
    permanent(
      "The Facebook app is not allowed to use this function. Who runs this desk has to add Instagram messaging to the app.",
    ),
  ],
  [4, null, wait(MINUTE_MS, TOO_FAST)],
  [10, null, ask(PERMISSION_MISSING)],
  [10, [2534022, 2018278, 2018065], permanent(WINDOW_OVER)],
  [
    10,
    2534077,
    ask(
      "Facebook cannot verify the link between the Page and the Instagram account. Check the link in the Page's settings and switch two-factor authentication on in Instagram, then try again.",
    ),
  ],
  [10, 2018108, permanent("This person cannot receive messages at the moment. Try again later by hand.")],
  [
    10,
    1893063,
    wait(
      6 * HOUR_MS,
      "Facebook does not let this account send messages for a while. Open the Page's Support Inbox on Facebook to see why and until when.",
    ),
  ],
  [
    [10902, 10903],
    null,
    permanent("This cannot be answered: it was deleted, already answered, or its author has blocked the account."),
  ],
  [17, null, wait(5 * MINUTE_MS, TOO_FAST)],
  [
    25,
    null,
    ask(
      "Instagram has restricted this account. Open the Instagram app, settle the notice shown there, then try again.",
    ),
  ],
  [32, null, wait(5 * MINUTE_MS, TOO_FAST)],
  [100, null, permanent(OUR_BUG)],
  [
    100,
    33,
    ask(
      "Facebook does not show this to the login behind the channel: it was removed, or that person lost access to the Page. Check the Page's roles, then reconnect the channel.",
    ),
  ],
  [100, [2018001, 2534014], permanent(NO_SUCH_PERSON)],
  [100, 2018008, ask("Instagram could not fetch the attachment. Its address has to be reachable from the internet.")],
  [100, [2018014, 2018047, 2018074, 2018109, 2018294, 2018320, 2018328], permanent(MEDIA_REFUSED)],
  [100, 2018218, permanent("This person's profile is not available. The conversation goes on without it.")],
  [
    100,
    2534001,
    permanent("Instagram has archived or deleted this conversation. It comes back when the customer writes."),
  ],
  [
    100,
    2534013,
    ask(
      "The Facebook Page is not linked to an Instagram professional account. Link it again in the Page's settings under “Linked accounts”, then try again.",
    ),
  ],
  [100, 2534015, permanent(OUR_BUG)],
  [
    100,
    2534025,
    permanent("This comment cannot be answered in private any more: it was answered already or is older than 7 days."),
  ],
  [
    100,
    2534029,
    ask("Meta has blocked this account from Instagram's messaging interface. Only Meta's support can lift that."),
  ],
  [102, null, reconnect(LOGIN_OVER)],
  [190, null, reconnect(LOGIN_OVER)],
  [
    190,
    458,
    reconnect("The person who connected this channel has removed the app on Facebook. Reconnect the channel."),
  ],
  [
    190,
    459,
    reconnect(
      "Facebook wants to check the account of the person who connected this channel. That person logs in at facebook.com and finishes the check; then reconnect the channel.",
    ),
  ],
  [
    190,
    460,
    reconnect(
      "The person who connected this channel has changed their Facebook password, which ends its login. Reconnect the channel.",
    ),
  ],
  [190, 463, reconnect("The login behind this channel has expired. Reconnect the channel.")],
  [
    190,
    464,
    ask(
      "The Facebook account of the person who connected this channel is not confirmed. That person confirms it at facebook.com; then reconnect the channel.",
    ),
  ],
  [190, 467, reconnect("The login behind this channel was ended on Facebook. Reconnect the channel.")],
  [
    190,
    492,
    reconnect(
      "The person who connected this channel has no role on the Page any more. Somebody with access to the Page has to reconnect the channel.",
    ),
  ],
  [200, null, ask(PERMISSION_MISSING)],
  [
    200,
    [2018027, 2018028],
    ask(
      "The Facebook app or the Page lacks the permission to send messages. Reconnect the channel; if that does not help, who runs this desk checks that the Facebook app is published.",
    ),
  ],
  [200, 1545041, permanent(PERSON_UNAVAILABLE)],
  [200, 2534041, ask(ACCESS_TO_MESSAGES_OFF)],
  [
    230,
    null,
    permanent(
      "Instagram shows this person's profile only after they have written. The conversation goes on without it.",
    ),
  ],
  [341, null, wait(10 * MINUTE_MS, TOO_FAST)],
  [
    368,
    null,
    wait(
      6 * HOUR_MS,
      "Facebook has paused this account because something looked like spam. Stop sending the same message to many people; it goes on after the pause.",
    ),
  ],
  [
    506,
    null,
    permanent("Facebook refused this as a repetition of the message before. Change the text and send it again."),
  ],
  [551, null, permanent(PERSON_UNAVAILABLE)],
  [613, null, wait(MINUTE_MS, TOO_FAST)],
  [1200, null, retry("Instagram could not send just now. Try again in a minute.")],
  [1609005, null, permanent("Instagram refused the link in this message. Change or remove it and send again.")],
  [2022, null, permanent("Instagram refused this message. You can try again by hand.")],
  [2500, null, permanent(OUR_BUG)],
  [9010, null, permanent("Instagram has no profile for this person. The conversation goes on without it.")],
  [9000001, null, permanent("The message has already been deleted on Instagram.")],
  [2018247, null, permanent("The Facebook app is not allowed to read profiles. The conversation goes on without it.")],
  [2018300, null, permanent("Instagram refused this message. You can try again by hand.")],
  [
    2534037,
    null,
    ask(
      "Another app is handling this conversation. Make this desk the default app under Conversation Routing in the Page's settings, then try again.",
    ),
  ],
  [36000, null, permanent("The picture is too large for Instagram. Send a smaller one.")],
  [
    36103,
    null,
    ask("The account is not eligible for this on Instagram. Open the Instagram app and see what it asks for."),
  ],
  [[80001, 80002, 80006, 80007], null, wait(5 * MINUTE_MS, TOO_FAST)],
];

const RULES = new Map<string, GraphErrorRule>(
  ROWS.flatMap(([codes, subcodes, rule]) =>
    [codes].flat().flatMap((code) => [subcodes].flat().map((subcode) => [key(code, subcode), rule] as const)),
  ),
);

/** The rule for a code and subcode, else for the bare code; null for one that Meta has not described. */
export function findRule(code: number, subcode: number | null): GraphErrorRule | null {
  return (
    RULES.get(key(code, subcode)) ??
    bareSubcode(subcode) ??
    inRange(code, subcode) ??
    RULES.get(key(code, null)) ??
    null
  );
}

/** 2018247, 2018300 and 2534037 are printed as codes and come as subcodes too. */
function bareSubcode(subcode: number | null): GraphErrorRule | null {
  return subcode !== null && subcode > 2_000_000 ? (RULES.get(key(subcode, null)) ?? null) : null;
}

function inRange(code: number, subcode: number | null): GraphErrorRule | null {
  // Meta describes one of this family only; the others are observed to mean the same switch.
  if (code === 200 && subcode !== null && subcode >= 2534000 && subcode <= 2534099) return ask(ACCESS_TO_MESSAGES_OFF);
  return code > 200 && code <= 299 ? ask(PERMISSION_MISSING) : null;
}

function key(code: number, subcode: number | null): string {
  return subcode === null ? `${code}` : `${code}/${subcode}`;
}
