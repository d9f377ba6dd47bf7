import type { Emulator } from "../emulator";
import { type Call, jsonObject, Refusal, sendJson } from "../http";
import { Input } from "../input";
import { businessSend, businessStoryMention, businessStoryReply } from "./business-messages";
import { customerSend, storyMention, storyReply } from "./customer-messages";
import { edit, react, seen, unsend } from "./message-actions";
import { businessOther, other } from "./other-kinds";
import { changeCustomer, createCustomer, follow, raw, settings } from "./people-actions";
import { sampleViews, upload } from "./pictures";
import { sample } from "./samples";
import { endStory, postBusinessStory, postCustomerStory } from "./stories";
import { tapButton, tapQuickReply } from "./tap";
import { businessView, customerView, threadView } from "./views";

const DEFAULT_THREADS = 200;
const DEFAULT_MESSAGES = 50;

const ACTIONS: Record<string, (emulator: Emulator, input: Input) => object> = {
  "/customers": createCustomer,
  "/send": customerSend,
  "/story-reply": storyReply,
  "/story-mention": storyMention,
  "/seen": seen,
  "/unsend": unsend,
  "/edit": edit,
  "/react": react,
  "/other": other,
  "/quick-reply": tapQuickReply,
  "/button": tapButton,
  "/story": postCustomerStory,
  "/sample": sample,
  "/business/other": businessOther,
  "/business/story-reply": businessStoryReply,
  "/business/story-mention": businessStoryMention,
  "/business/send": businessSend,
  "/business/follow": follow,
  "/business/story": postBusinessStory,
  "/business/settings": settings,
  "/story/end": endStory,
  "/raw": raw,
};

/** `/_play/…`; see README.md. */
export async function play(emulator: Emulator, call: Call): Promise<void> {
  if (call.method === "GET") return read(emulator, call);
  if (call.method !== "POST") throw new Refusal(405, "Use GET or POST.");
  if (call.path === "/upload") return sendJson(call.res, 200, { ok: true, ...(await upload(emulator, call)) });
  const input = new Input(jsonObject(call.body));
  const customer = /^\/customers\/([^/]+)$/.exec(call.path)?.[1];
  if (customer)
    return sendJson(call.res, 200, { ok: true, ...changeCustomer(emulator, decodeURIComponent(customer), input) });
  const action = ACTIONS[call.path];
  if (!action) throw new Refusal(404, `There is no action ${call.path}.`);
  sendJson(call.res, 200, { ok: true, ...action(emulator, input) });
}

function read(emulator: Emulator, call: Call) {
  if (call.path === "/events") return emulator.stream.open(call.res);
  const query = call.url.searchParams;
  const thread = /^\/threads\/([^/]+)$/.exec(call.path)?.[1];
  if (thread) {
    const found = emulator.index.threads.get(decodeURIComponent(thread));
    if (!found) throw new Refusal(404, "There is no such conversation.");
    return sendJson(call.res, 200, {
      thread: threadView(emulator, found, Number(query.get("limit") ?? DEFAULT_MESSAGES), query.get("before")),
    });
  }
  if (call.path !== "/state") throw new Refusal(404, `There is nothing at ${call.path}.`);
  const newest = [...emulator.world.threads].sort((a, b) => b.updatedAt - a.updatedAt);
  const messages = Number(query.get("messages") ?? DEFAULT_MESSAGES);
  sendJson(call.res, 200, {
    now: emulator.now(),
    seq: emulator.stream.seq,
    businesses: emulator.world.businesses.map((one) => businessView(emulator, one)),
    customers: emulator.world.customers.map((one) => customerView(emulator, one)),
    threads: newest
      .slice(0, Number(query.get("threads") ?? DEFAULT_THREADS))
      .map((one) => threadView(emulator, one, messages)),
    samples: sampleViews(emulator),
  });
}
