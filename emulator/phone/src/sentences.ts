import type { ChatScene } from "./viewpoint";

/** What Instagram will do with a story mention, when that is nothing. */
export function mentionNote(scene: ChatScene): string | undefined {
  const { business, customer } = scene;
  if (!customer.private || business.follows.includes(customer.id)) return undefined;
  return `${customer.name}’s account is private and @${business.username} does not follow it: Instagram will send the business nothing.`;
}
