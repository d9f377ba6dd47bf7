import type { Overlay } from "./overlay";
import type { Scene } from "./stage";
import { openStoryViewer } from "./story-viewer";
import type { Theatre } from "./theatre";

/** Opens a story for whoever holds the phone: its author may delete it, a customer may answer the business's. */
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
  const mayReply = scene.role === "customer" && owner.username === scene.business.username;
  openStoryViewer(overlay, theatre, {
    owner,
    story,
    mentions: story.mentions.flatMap((igId) => world.business(igId)?.username ?? []),
    reply: mayReply ? (text) => actions.replyToStory(scene, story, text) : undefined,
    remove: mine ? () => actions.endStory(storyId) : undefined,
  });
}
