import { z } from "zod";
import { id, queryOf } from "./common";

export const attachmentQuery = queryOf({
  access: z.literal("public", { error: "is required, and only public is served" }),
  for: z.literal("message", { error: "can only be message" }).optional(),
  conversationId: id.optional(),
});

export const attachmentResponse = z.object({ attachment: z.object({ mediaUrl: z.url(), mediaType: z.string() }) });

export const attachmentRemove = z.strictObject({ mediaUrl: z.url({ protocol: /^https?$/ }).max(2048) });
