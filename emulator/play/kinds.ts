import { mediaUrl } from "../cdn/media-url";
import { addMedia } from "../cdn/store-upload";
import type { Emulator } from "../emulator";
import { digits, storyId } from "../ids";
import type { NewMessage } from "../messages/add-message";
import { permalink, postsOf } from "../posts/posts";
import type { Attachment, Business, Media, MediaKind } from "../world/types";

/** What either side can send from a phone beside texts and pictures. */
export const SENDABLE = [
  "like_heart",
  "gif",
  "sticker",
  "voice",
  "video",
  "file",
  "ig_post",
  "ig_reel",
  "ig_reel_link",
  "ig_story",
  "ephemeral",
  "unsupported",
  "hologram",
] as const;

/** Older and rarer forms, and what comes with an advertisement or a product; only customers send these. */
export const CUSTOMER_ONLY = ["share", "share_and_post", "unsupported_type", "ad", "product"] as const;

/** What another app that the business uses has sent; its echo comes to all of them. */
export const BUSINESS_ONLY = ["cards", "products"] as const;

export type Kind = (typeof SENDABLE)[number] | (typeof CUSTOMER_ONLY)[number] | (typeof BUSINESS_ONLY)[number];

const BUILT_IN: Record<string, { kind: MediaKind; contentType: string; name?: string }> = {
  tone: { kind: "audio", contentType: "audio/wav" },
  clip: { kind: "video", contentType: "video/mp4" },
  pdf: { kind: "file", contentType: "application/pdf", name: "order-1042.pdf" },
  gif: { kind: "image", contentType: "image/gif" },
  sticker: { kind: "image", contentType: "image/gif" },
};

/** A message of that kind as Meta's webhooks shape it. Posts are those of `business`. */
export function kindOfMessage(emulator: Emulator, business: Business, kind: Kind): Partial<NewMessage> {
  const one = (attachment: Attachment) => ({ attachments: [attachment] });
  const built = (type: string, name: string) => one({ type, mediaId: builtInMedia(emulator, name).id });
  switch (kind) {
    case "like_heart":
    case "ephemeral":
      return one({ type: kind, mediaId: null });
    case "gif":
    case "sticker":
      return built("image", kind);
    case "voice":
      return built("audio", "tone");
    case "video":
      return built("video", "clip");
    case "file":
      return built("file", "pdf");
    case "ig_post":
      return one(sharedPost(emulator, business));
    case "share":
      return one(legacyShare(emulator, business));
    case "share_and_post":
      return { attachments: [legacyShare(emulator, business), sharedPost(emulator, business)] };
    case "ig_reel":
      return one({
        type: "ig_reel",
        mediaId: builtInMedia(emulator, "clip").id,
        title: "Across the bay in half a minute ⛵",
        payload: { reel_video_id: "18044000011122233" },
      });
    case "ig_reel_link": {
      const [post] = postsOf(emulator, business);
      const url = (post ? permalink(post) : "https://www.instagram.com/").replace("/p/", "/reel/");
      return one({ type: "ig_reel", mediaId: null, title: "How a bowl is thrown", payload: { url } });
    }
    case "ig_story":
      return one({
        type: "ig_story",
        mediaId: postsOf(emulator, business)[1]?.mediaId ?? null,
        urlMember: "story_media_url",
        payload: { story_media_id: storyId() },
      });
    case "unsupported":
      return { unsupported: true };
    case "unsupported_type":
      return built("unsupported_type", "clip");
    case "hologram":
      return one({ type: "hologram", mediaId: null, payload: { depth: 3 } });
    case "cards":
      return one({ type: "template", mediaId: null, payload: { generic: { elements: offers(emulator, business) } } });
    case "products":
      return one({ type: "template", mediaId: null, payload: { product: { elements: products(emulator, business) } } });
    case "ad":
      return { text: "Hi! I saw your ad. Is it still on?", referral: adReferral(emulator, business) };
    case "product":
      return {
        text: "Can you tell me more about this one?",
        referral: { product: { id: digits(`product:${business.igId}`, 16) } },
      };
  }
}

/** The attachment for a medium that was uploaded from a phone. */
export function uploadedAttachment(media: Media): Attachment {
  return { type: media.kind, mediaId: media.id };
}

export function builtInMedia(emulator: Emulator, name: string): Media {
  const id = digits(`built-in:${name}`, 16);
  const known = emulator.index.media.get(id);
  if (known) return known;
  const { kind, contentType, name: fileName } = BUILT_IN[name] ?? { kind: "image", contentType: "image/png" };
  return addMedia(emulator, {
    id,
    kind,
    contentType,
    source: { drawing: name },
    storyId: null,
    ...(fileName ? { name: fileName } : {}),
  });
}

function sharedPost(emulator: Emulator, business: Business): Attachment {
  const [post] = postsOf(emulator, business);
  if (!post) return { type: "ig_post", mediaId: null };
  return { type: "ig_post", mediaId: post.mediaId, title: post.caption, payload: { ig_post_media_id: post.id } };
}

/** How a shared post came until 27 April 2026: its address only. */
function legacyShare(emulator: Emulator, business: Business): Attachment {
  return { type: "share", mediaId: postsOf(emulator, business)[0]?.mediaId ?? null };
}

function offers(emulator: Emulator, business: Business): Record<string, unknown>[] {
  const url = `https://${business.username}.example/`;
  return ["Tall vase", "Blue bowl"].map((title, at) => ({
    title,
    subtitle: at === 0 ? "Stoneware, 24 cm" : "Stoneware, 14 cm",
    image_url: thumbnail(emulator, business, at),
    default_action: { type: "web_url", url },
    buttons: [
      { type: "web_url", title: "Look", url },
      { type: "postback", title: "Order", payload: `ORDER_${at + 1}` },
    ],
  }));
}

function products(emulator: Emulator, business: Business): Record<string, unknown>[] {
  return [
    {
      id: digits(`product:${business.igId}`, 16),
      retailer_id: "sku-100200",
      image_url: thumbnail(emulator, business, 2),
      title: "Sea-green bowl",
      subtitle: "€ 38.00",
    },
  ];
}

function thumbnail(emulator: Emulator, business: Business, at: number): string | undefined {
  const post = postsOf(emulator, business)[at];
  return post && mediaUrl(emulator, post.thumbnailId);
}

function adReferral(emulator: Emulator, business: Business): Record<string, unknown> {
  const [post] = postsOf(emulator, business);
  return {
    ref: "spring-sale",
    ad_id: digits(`ad:${business.igId}`, 17),
    source: "ADS",
    type: "OPEN_THREAD",
    ads_context_data: {
      ad_title: "Spring sale: a third off all vases",
      photo_url: post ? mediaUrl(emulator, post.thumbnailId) : undefined,
      post_id: post?.id,
    },
  };
}
