import { type SQL, sql } from "drizzle-orm";

/**
 * What was set aside of a customer: it names them, or one of their messages. A condition on `set_aside s`; the external
 * id stands in the raw form as a string or as a number.
 */
export function setAsideOf(customer: { workspaceId: string; conversationId: string | SQL; externalId: string }) {
  const { workspaceId, conversationId, externalId } = customer;
  return sql`(position(convert_to(${`"${externalId}"`}, 'UTF8') in s.raw) > 0
    or position(convert_to(${`:${externalId}`}, 'UTF8') in s.raw) > 0
    or s.external_id in (
      select external_id from message where workspace_id = ${workspaceId} and conversation_id = ${conversationId}))`;
}
