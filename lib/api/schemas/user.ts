import { z } from "zod";
import { id, metadata, page, pageEnvelope, queryOf, timestamp } from "./common";

export const user = z.strictObject({
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

const name = z.string().min(1).max(128).nullable().optional();

export const userUpdate = z.strictObject({
  /** An addition: the integrator's own name of the person, by which they are found from then on. */
  externalId: z.string().min(1).max(1024).nullable().optional(),
  signedUpAt: z.iso
    .datetime()
    .refine((at) => !at.startsWith("0000"), { error: "is after the year 0" })
    .optional(),
  toBeRetained: z.boolean().optional(),
  profile: z
    .strictObject({
      givenName: name,
      surname: name,
      email: z.email().max(128).nullable().optional(),
      avatarUrl: z
        .url({ protocol: /^https?$/ })
        .max(2048)
        .nullable()
        .optional(),
      locale: z.string().min(1).max(64).nullable().optional(),
    })
    .optional(),
  metadata: metadata.nullable().optional(),
});

export const client = z.object({
  id,
  type: z.literal("instagram"),
  status: z.enum(["active", "blocked"]),
  integrationId: id,
  externalId: z.string(),
  displayName: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  lastSeen: timestamp.nullable(),
  linkedAt: timestamp,
  info: z.looseObject({}),
  raw: z.looseObject({}).nullable(),
});

export const clientQuery = queryOf({ page });
export const clientList = z.object({ clients: z.array(client), ...pageEnvelope });

export type ApiClient = z.input<typeof client>;

export const userCreate = userUpdate.extend({ externalId: z.string().min(1).max(1024) });
export const userQuery = queryOf({ filter: z.strictObject({ "identities.email": z.string().max(320) }) });
export const userList = z.object({ users: z.array(user) });

/** No channel of this product lets a business write first: what is sent is refused whatever it says. */
export const anything = z.looseObject({});
export const clientResponse = z.object({ client });
export const deviceList = z.object({ devices: z.array(z.looseObject({})) });
export const deviceResponse = z.object({ device: z.looseObject({}) });
