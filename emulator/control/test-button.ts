import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import { DELIVERY_HEADERS } from "../webhooks/attempt-delivery";
import { callApp } from "../webhooks/post";
import { metaJson } from "../webhooks/wire";
import { signatureHeaders } from "./deliveries";
import { theApp } from "./grants";

const TIMEOUT_MS = 10_000;
const HEAD = { sender: { id: "12334" }, recipient: { id: "23245" }, timestamp: "1527459824" };

/** What the dashboard's "Test" button sends for each field. */
const SAMPLES: Record<string, Record<string, unknown>> = {
  messages: { ...HEAD, message: { mid: "random_mid", text: "random_text" } },
  message_reactions: { ...HEAD, reaction: { mid: "random_mid", action: "react", reaction: "love", emoji: "❤️" } },
  messaging_postbacks: {
    ...HEAD,
    is_self: true,
    postback: { mid: "random_mid", title: "Talk to human", payload: "random_payload" },
  },
  messaging_seen: { ...HEAD, read: { mid: "random_mid" } },
  messaging_referral: { ...HEAD, referral: { ref: "random_ref", source: "random_source", type: "OPEN_THREAD" } },
  message_edit: { ...HEAD, message_edit: { mid: "random_mid", text: "random_text", num_edit: "1" } },
  messaging_handover: {
    ...HEAD,
    pass_thread_control: { previous_owner_app_id: "123456", new_owner_app_id: "654321", metadata: "random" },
  },
  comments: { id: "17865799348089039", from: { id: "232323232", username: "test" }, text: "This is an example." },
};

/**
 * The dashboard's "Test" (`entry.id` "0"): wrapped in `changes`, or as the Messenger product's test does, in `messaging`.
 * `self` is a message of the account to itself.
 */
export async function testButton(emulator: Emulator, input: Input) {
  const app = theApp(emulator, input);
  if (!app.webhook) throw new Refusal(409, "This app has no webhook.");
  const field = input.oneOf("field", Object.keys(SAMPLES), "messages");
  const form = input.oneOf("form", ["changes", "messaging", "self"], "changes");
  const value = SAMPLES[field];
  const now = emulator.now();
  const entry =
    form === "changes"
      ? { id: "0", time: Math.floor(now / 1000), changes: [{ field, value }] }
      : form === "messaging"
        ? { id: "0", time: now, messaging: [value] }
        : { id: "0", time: now, messaging: [selfTest(now)] };
  const body = metaJson({ object: "instagram", entry: [entry] });
  const headers = { ...DELIVERY_HEADERS, ...signatureHeaders("valid", app.secret, body) };
  const { status, error } = await callApp("POST", app.webhook.url, headers, body, TIMEOUT_MS);
  return { status, error };
}

function selfTest(timestamp: number) {
  return {
    sender: { id: "23245" },
    recipient: { id: "23245" },
    timestamp,
    message: { mid: "random_mid", text: "random_text", is_echo: true, is_self: true },
  };
}
