import { z } from "zod";
import { id, metadata, timestamp } from "./common";

export const user = z.object({
  id,
  externalId: z.string().nullable(),
  authenticated: z.boolean(),
  zendeskId: z.string().nullable(),
  signedUpAt: timestamp,
  toBeRetained: z.boolean(),
  profile: z.object({
    givenName: z.string().nullable(),
    surname: z.string().nullable(),
    email: z.string().nullable(),
    avatarUrl: z.string().nullable(),
    locale: z.string().nullable(),
  }),
  metadata: metadata.nullable(),
  identities: z.array(z.looseObject({ type: z.string(), value: z.string() })),
});

export const userResponse = z.object({ user });

export type ApiUser = z.input<typeof user>;
