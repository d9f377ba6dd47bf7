import { messagingWindow } from "../messages/messaging-window";
import type { Business, Page, Thread } from "../world/types";
import { requireScope, requireTask } from "./access";
import type { Access, GraphCall } from "./graph-call";
import { GraphError, missingParameter } from "./graph-error";

const MESSAGING_TYPES = ["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"];

/** The account a Page speaks for, once token, permissions, task, link and the owner's switch allow it. */
export function checkSender(call: GraphCall, access: Access, page: Page): Business {
  if (access.kind !== "page")
    throw new GraphError(210, "(#210) A page access token is required to request this resource.");
  requireScope(call, access, "instagram_basic", "instagram_manage_messages");
  requireTask(page, access, "MESSAGING");
  return messagingAccount(call, page);
}

export function messagingAccount(call: GraphCall, page: Page): Business {
  const business = page.igId ? call.emulator.index.businesses.get(page.igId) : undefined;
  if (!business?.professional) {
    throw new GraphError(100, "(#100) The Page is not linked to an Instagram professional account.", {
      subcode: 2534013,
    });
  }
  if (!business.allowMessages) {
    throw new GraphError(200, "(#200) The owner of this account has disabled access to Instagram direct messages.", {
      subcode: 2534041,
      userTitle: "Access to messages is off",
      userMessage: "Ask the owner to switch on Allow access to messages in the Instagram app.",
    });
  }
  return business;
}

export function findRecipient(call: GraphCall, business: Business, recipient: Record<string, unknown> | null): Thread {
  if (!recipient) throw missingParameter("recipient");
  if (recipient.comment_id !== undefined) {
    throw new GraphError(100, "(#100) The emulator knows no comments: private replies cannot be sent.", {
      subcode: 2534025,
    });
  }
  const id = recipient.id;
  if (typeof id !== "string" || !/^\d+$/.test(id))
    throw new GraphError(100, "(#100) Param recipient[id] must be a valid ID string");
  const known = call.emulator.index.igsids.get(id);
  const thread =
    known && known.igId === business.igId ? call.emulator.index.threadOf(business.igId, known.customerId) : undefined;
  if (!thread) throw new GraphError(100, "(#100) No matching Instagram user", { subcode: 2534014 });
  return thread;
}

/** The conversation has to be this app's; in development the customer a tester. */
export function requireReachable(access: Access, business: Business, thread: Thread): void {
  if (business.routedTo !== null && business.routedTo !== access.app.id)
    throw new GraphError(2534037, "(#2534037) The app is not the owner of this conversation.");
  if (access.app.mode === "live" || access.app.testers.includes(thread.customerId)) return;
  throw new GraphError(
    200,
    "(#200) Cannot message users who are not admins, developers or testers of the app until the app is live.",
    { subcode: 2018028 },
  );
}

/** Applies the 24-hour and 7-day windows; returns the tag that was used. */
export function checkWindow(call: GraphCall, access: Access, thread: Thread): string | null {
  const type = call.text("messaging_type");
  const tag = call.text("tag");
  if (type !== null && !MESSAGING_TYPES.includes(type)) {
    throw new GraphError(100, `(#100) Param messaging_type must be one of {${MESSAGING_TYPES.join(", ")}}`);
  }
  if (type === "MESSAGE_TAG" && tag === null) throw missingParameter("tag");
  if (tag !== null && tag !== "HUMAN_AGENT") {
    throw new GraphError(100, `(#100) The message tag ${tag} is no longer supported. Use HUMAN_AGENT.`);
  }
  if (tag !== null && type !== "MESSAGE_TAG")
    throw new GraphError(100, "(#100) Param tag needs messaging_type MESSAGE_TAG");
  if (tag !== null && !access.app.humanAgent) {
    throw new GraphError(10, "(#10) The app is not approved for the Human Agent feature.");
  }
  const window = messagingWindow(call.emulator, thread);
  if (window === "open" || (window === "human_agent" && tag !== null)) return tag;
  throw new GraphError(10, "(#10) This message is sent outside of allowed window.", {
    subcode: 2534022,
    transient: false,
  });
}
