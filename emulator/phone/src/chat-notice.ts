import { h, on, type Row } from "./dom";
import type { Theatre } from "./theatre";
import type { ChatScene } from "./viewpoint";

/** Why nobody would hear what is said in this chat, with the way that mends it. Usually nothing. */
export function chatNotice(theatre: Theatre, scene: ChatScene): Row[] {
  const { world, stage } = theatre;
  const { business } = scene;
  if (!business.allowMessages) {
    return [
      row(
        `not allowed ${business.igId}`,
        `@${business.username} has switched off “Allow access to messages”: apps hear nothing.`,
        {
          label: "Switch it on",
          press: () => void theatre.actions.allowMessages(scene, true),
        },
      ),
    ];
  }
  if (!business.connected) {
    const connected = world.businesses.find((one) => one.connected);
    if (!connected) {
      const words = `Connect an account in Replydesk first. Until then nobody hears what is written to @${business.username}.`;
      return [
        row("unconnected", words, world.appUrl === null ? null : { label: "Open Replydesk", href: world.appUrl }),
      ];
    }
    const write = () => stage.go({ role: "customer", customer: scene.customer.username, business: connected.username });
    return [
      row(`elsewhere ${connected.igId} ${scene.customer.id}`, `@${business.username} is not connected in Replydesk.`, {
        label: `Write to @${connected.username}`,
        press: write,
      }),
    ];
  }
  return [];
}

type Way = { label: string; href: string } | { label: string; press: () => void };

function row(key: string, text: string, way: Way | null): Row {
  return {
    key,
    version: JSON.stringify([text, way]),
    make: () => h("div", { class: "chat-notice", role: "note" }, h("p", {}, text), way ? link(way) : null),
  };
}

function link(way: Way): HTMLElement {
  if ("href" in way) return h("a", { class: "link", href: way.href, target: "_blank" }, way.label);
  return on(h("button", { type: "button", class: "link" }, way.label), { click: way.press });
}
