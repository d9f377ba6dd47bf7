import type { Emulator } from "../emulator";
import { Refusal } from "../http";
import type { Input } from "../input";
import { addMessage } from "../messages/add-message";
import { messageItem } from "../messages/message-item";
import { openThread } from "../messages/open-thread";
import { theBusiness } from "../play/find";
import { addCustomer } from "../play/people-actions";
import type { QueuedItem } from "../webhooks/dispatcher";
import { webhookTargets } from "../webhooks/publish";
import type { Thread } from "../world/types";

const MAX_MESSAGES = 1_000_000;

/** Many customers write many messages, spread over the last `spreadMs`; for benches and tests. */
export async function bulk(emulator: Emulator, input: Input) {
  const started = Date.now();
  const { igId } = theBusiness(emulator, input);
  const customers = Math.max(1, input.number("customers", 10));
  const messages = Math.max(0, input.number("messages", 100));
  if (messages > MAX_MESSAGES) throw new Refusal(400, `At most ${MAX_MESSAGES} messages at once.`);
  const spreadMs = input.number("spreadMs", messages);
  const batchSize = Math.max(1, input.number("batchSize", 1));
  const { targets, reason } = input.flag("deliver", true)
    ? webhookTargets(emulator, igId, "messages")
    : { targets: [], reason: null };
  if (reason !== null) throw new Refusal(409, reason);

  const threads = bulkThreads(emulator, igId, customers);
  const begin = emulator.now() - spreadMs;
  const items: { threadKey: string; item: unknown }[] = [];
  for (let n = 0; n < messages; n++) {
    const thread = threads[n % threads.length] as Thread;
    const at = Math.floor(begin + (spreadMs * n) / Math.max(1, messages));
    const message = addMessage(emulator, thread, {
      from: "customer",
      at,
      text: `Message ${n + 1}: is the blue bowl still there? 🏺`,
    });
    if (targets.length > 0) items.push({ threadKey: thread.key, item: messageItem(emulator, thread, message) });
  }
  const posts: Promise<void>[] = [];
  for (const target of targets) {
    for (let at = 0; at < items.length; at += batchSize) {
      const batch: QueuedItem[] = items.slice(at, at + batchSize).map((one) => ({ ...target, igId, ...one }));
      posts.push(
        batchSize === 1 && batch[0]
          ? emulator.dispatcher.send(batch[0])
          : emulator.dispatcher.enqueue(batch, `bulk:${at}`, "entries"),
      );
    }
  }
  if (input.flag("wait", true)) await Promise.all(posts);
  return { customers, messages, posts: posts.length, ms: Date.now() - started };
}

function bulkThreads(emulator: Emulator, igId: string, count: number): Thread[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `bulk.${n + 1}`;
    if (!emulator.index.customers.has(id)) addCustomer(emulator, { id, name: `Customer ${n + 1}`, picture: false });
    return openThread(emulator, igId, id);
  });
}
