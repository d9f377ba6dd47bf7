import type { WriteCtx } from "../inbox/context";
import type { ReceivedMessage } from "../inbox/receive-messages";
import { enqueue } from "../queue/enqueue";
import { staleProfiles } from "./stale-profiles";

/** Stories end after 24 hours; that is when the desk asks whether one still lives. */
const STORY_LIFE_MS = 24 * 60 * 60 * 1000;

/** Work beside the messages that came in: who wrote, and whether a story still lives. */
export async function enqueueFollowUps(tx: WriteCtx, received: ReceivedMessage[]): Promise<void> {
  // Meta's thread names a story that has ended without its address: there is nothing to ask any more.
  const stories = received.filter(({ item }) => item.story !== null && (!item.readBack || item.story.url));
  const jobs = [
    ...(await staleProfiles(tx, received)),
    ...stories.map(({ item, messageId }) => ({
      queue: "story",
      key: messageId,
      payload: { workspaceId: item.workspaceId, messageId },
      runAt: new Date(item.sentAt.getTime() + STORY_LIFE_MS),
    })),
  ];
  await enqueue(tx.db, jobs);
  for (const { queue } of jobs) tx.wake(`jobs:${queue}`);
}
