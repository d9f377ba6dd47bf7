import type { Scene } from "./stage";
import type { Business, Customer, Message } from "./wire";

/** A scene in which a chat is open: who holds the phone, and who is at the other end. */
export interface ChatScene extends Scene {
  customer: Customer;
}

export function hasChat(scene: Scene): scene is ChatScene {
  return scene.customer !== null;
}

export function other(scene: ChatScene): Business | Customer {
  return scene.role === "customer" ? scene.business : scene.customer;
}

export function isMine(scene: Scene, message: Message): boolean {
  return message.from === scene.role;
}

/** Equal exactly when the same phone shows the same chat. */
export function sceneKey(scene: Scene): string {
  return `${scene.role}:${scene.business.igId}:${scene.customer?.id ?? ""}`;
}
