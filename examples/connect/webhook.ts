import type { IncomingMessage, ServerResponse } from "node:http";
import { Webhook } from "standardwebhooks";
import { sendText } from "./answer";
import type { WebhookEvent } from "./conversations";
import { readBody } from "./request";
import type { Site } from "./site";

const LIMIT_BYTES = 5_000_000;

/** What the desk tells. Believed only with its signature over these very bytes, made within the last five minutes. */
export async function hear(
  { conversations, signingSecret }: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, LIMIT_BYTES);
  let told: { events: WebhookEvent[] };
  try {
    told = new Webhook(signingSecret).verify(body, headersOf(request)) as typeof told;
  } catch {
    return sendText(response, 401, "The signature does not fit.");
  }
  conversations.hear(told.events);
  sendText(response, 200, "");
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
  return Object.fromEntries(names.map((name) => [name, String(headers[name] ?? "")]));
}
