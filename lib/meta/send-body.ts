import type { Dispatch } from "../inbox/begin-dispatch";
import type { Button, Card } from "../inbox/types";

/** The body of one Send call. */
export function sendBody(dispatch: Dispatch): Record<string, unknown> {
  return {
    recipient: { id: dispatch.contactExternalId },
    message: messageOf(dispatch),
    // Beside the message, not in it: within, Meta ignores it.
    ...(dispatch.replyToExternalId !== null && { reply_to: { mid: dispatch.replyToExternalId } }),
    ...(isTagged(dispatch) ? { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" } : { messaging_type: "RESPONSE" }),
  };
}

/** Whether it goes out as a person's answer after the first 24 hours. */
export function isTagged({ window, writtenByPerson }: Dispatch): boolean {
  return window.state === "people_only" && writtenByPerson;
}

function messageOf({ outgoing, text, attachmentIds }: Dispatch): Record<string, unknown> {
  switch (outgoing.type) {
    case "text":
      return {
        text,
        ...(outgoing.quickReplies?.length && {
          quick_replies: outgoing.quickReplies.map(({ title, payload }) => ({ content_type: "text", title, payload })),
        }),
      };
    case "media": {
      const attachments = attachmentIds.map((id) => ({ type: outgoing.media, payload: { attachment_id: id } }));
      return attachments.length === 1 ? { attachment: attachments[0] } : { attachments };
    }
    case "like_heart":
      return { attachment: { type: "like_heart" } };
    case "post":
      return { attachment: { type: "MEDIA_SHARE", payload: { id: outgoing.postId } } };
    case "buttons":
      return template({ template_type: "button", text, buttons: outgoing.buttons.map(button) });
    case "raw":
      return outgoing.message;
    case "cards":
      return template({ template_type: "generic", elements: outgoing.cards.map(element) });
  }
}

function template(payload: Record<string, unknown>): Record<string, unknown> {
  return { attachment: { type: "template", payload } };
}

function element(card: Card): Record<string, unknown> {
  return {
    title: card.title,
    ...(card.subtitle && { subtitle: card.subtitle }),
    ...(card.imageUrl && { image_url: card.imageUrl }),
    ...(card.url && { default_action: { type: "web_url", url: card.url } }),
    ...(card.buttons?.length && { buttons: card.buttons.map(button) }),
  };
}

function button({ title, url, payload }: Button): Record<string, unknown> {
  return url === undefined ? { type: "postback", title, payload } : { type: "web_url", title, url };
}
