import { z } from "zod";
import { id, metadata } from "./common";

export const switchboard = z.object({
  id,
  enabled: z.boolean(),
  defaultSwitchboardIntegrationId: id.optional(),
});

export const switchboardResponse = z.object({ switchboard });
export const switchboardList = z.object({ switchboards: z.array(switchboard) });

export const switchboardUpdate = z.strictObject({
  enabled: z.boolean().optional(),
  defaultSwitchboardIntegrationId: id.optional(),
});

const name = z.string().regex(/^[\w-]{1,128}$/, "is 1 to 128 letters, digits, - and _");
const options = {
  /** Of a custom integration; or integrationType. */
  integrationId: id.optional(),
  /** `replydesk:inbox` is the desk's own inbox, where people answer. */
  integrationType: z.string().min(1).max(128).optional(),
  nextSwitchboardIntegrationId: id.nullable().optional(),
  messageHistoryCount: z.int().min(1).max(10).nullable().optional(),
  /** Whether it is expressly a program's: what its keys write then never counts as a person's. */
  bot: z.boolean().optional(),
};

export const switchboardIntegrationCreate = z.strictObject({
  name,
  deliverStandbyEvents: z.boolean().default(true),
  ...options,
});

export const switchboardIntegrationUpdate = z.strictObject({
  name: name.optional(),
  deliverStandbyEvents: z.boolean().optional(),
  ...options,
});

export const switchboardIntegration = z.object({
  id,
  name: z.string(),
  /** The inbox is no integration: its own id is repeated. */
  integrationId: id,
  integrationType: z.string(),
  deliverStandbyEvents: z.boolean(),
  nextSwitchboardIntegrationId: id.optional(),
  messageHistoryCount: z.int().optional(),
  bot: z.boolean(),
});

export const switchboardIntegrationResponse = z.object({ switchboardIntegration });
export const switchboardIntegrationList = z.object({ switchboardIntegrations: z.array(switchboardIntegration) });

const note = { metadata: metadata.optional() };

/** To whom: the id, name or type of a switchboard integration, or `next`. */
const target = z.string().min(1).max(128);

export const passControl = z.strictObject({
  switchboardIntegration: target,
  reason: z.enum(["ticketClosed", "transferToEmail"]).optional(),
  ...note,
});
export const offerControl = z.strictObject({ switchboardIntegration: target, ...note });
export const acceptControl = z.strictObject(note);
export const releaseControl = z.strictObject({ reason: passControl.shape.reason, ...note });

/** Who holds a conversation, or is offered it. */
export const responder = z.object({ id, name: z.string(), integrationId: id, integrationType: z.string() });

export type ApiSwitchboardIntegration = z.input<typeof switchboardIntegration>;
export type ApiResponder = z.input<typeof responder>;
