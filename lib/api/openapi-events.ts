import type { JsonSchemas } from "./json-schema";
import type { OpenApi } from "./openapi-types";
import { callOf } from "./schemas/event";
import { RAISED_TRIGGERS, type Trigger } from "./schemas/webhook";

const SUMMARIES: Record<Trigger, string> = {
  "conversation:create": "A person's first message",
  "conversation:message": "A message, of a customer or of the business",
  "conversation:message:delivery:channel": "Instagram took a message of the business",
  "conversation:message:delivery:user": "The customer has seen it",
  "conversation:message:delivery:failure": "It was not sent",
  "conversation:postback": "A customer pressed a button",
  "conversation:read": "The customer has read the conversation",
  "conversation:referral":
    "A person came again by an advertisement or a link, or mentioned the business in their story",
  "conversation:message:deleted": "A message was unsent",
  "conversation:remove": "A conversation was erased",
  "client:add": "Somebody wrote for the first time: their Instagram account is the new user's client",
  "client:update": "Instagram tells another profile, or lets nobody write to this person, or somebody again",
  "client:remove": "The client of a customer who was erased",
  "user:update": "A program said more of a person, or Instagram's profile changed",
  "user:remove": "A customer was erased",
  "switchboard:passControl": "Another one holds the conversation now",
  "switchboard:passControl:failure": "Control could not be passed",
  "switchboard:offerControl": "The conversation is offered to another one",
  "switchboard:offerControl:failure": "It could not be offered",
  "switchboard:acceptControl": "The one to which it was offered holds it now",
  "switchboard:acceptControl:failure": "It could not be accepted",
  "switchboard:releaseControl": "Nobody holds the conversation now",
};

/** What webhooks are told of each event; the examples stand in docs/api/webhooks.md. */
export function toldEvents(schemas: JsonSchemas): OpenApi["webhooks"] {
  return Object.fromEntries(
    RAISED_TRIGGERS.map((trigger) => [
      trigger,
      {
        post: {
          operationId: trigger.replaceAll(":", "-"),
          summary: SUMMARIES[trigger],
          description: "A call may tell events of other kinds beside it.",
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemas.of(callOf(trigger), "output") } },
          },
          responses: { "200": { description: "Told. Everything else is told again, by the schedule" } },
        },
      },
    ]),
  );
}
