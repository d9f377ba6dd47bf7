import type { Overlay } from "./overlay";
import type { Scene } from "./stage";
import { openStoryViewer } from "./story-viewer";
import type { Theatre } from "./theatre";

/** Opens a story for whoever holds the phone: its author may delete it, the one at the other end may answer. */
export function openStory(theatre: Theatre, overlay: Overlay, scene: Scene, storyId: string): void {
  const { world, actions } = theatre;
  const story = world.story(storyId);
  const owner = [...world.businesses, ...world.customers].find((one) =>
    one.stories.some((each) => each.id === storyId),
  );
  if (!story || !owner) {
    theatre.notices.say("This story is no longer available.");
    return;
  }
  const mine = owner.username === scene[scene.role]?.username;
  const mayReply =
    scene.customer !== null &&
    owner.username === (scene.role === "customer" ? scene.business : scene.customer).username;
  openStoryViewer(overlay, theatre, {
    owner,
    story,
    mentions: story.mentions.flatMap((id) => (world.business(id) ?? world.customer(id))?.username ?? []),
    reply: mayReply ? (text) => actions.replyToStory(scene, story, text) : undefined,
    remove: mine ? () => actions.endStory(storyId) : undefined,
  });
}
