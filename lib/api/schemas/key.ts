import { z } from "zod";

export const keyCreate = z.strictObject({
  displayName: z.string().min(1).max(100),
  people: z
    .boolean()
    .default(false)
    .describe("Whether people write through it: only then may a reply leave after 24 hours"),
});

export const key = z.object({
  id: z.string(),
  displayName: z.string(),
  secret: z.string().optional().describe("Told once, when the key is made"),
  people: z.boolean(),
});

export const keyResponse = z.object({ key });
export const keyList = z.object({ keys: z.array(key) });
