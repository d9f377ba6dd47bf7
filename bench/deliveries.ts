import { createHmac } from "node:crypto";

/** The Facebook app and the account that the bench plays. */
export const APP_ID = "700000000000001";
export const APP_SECRET = "0123456789abcdef0123456789abcdef";
export const ACCOUNT_ID = "17841400000000001";

export type DeliveriesSpec = {
  /** Makes Meta's ids of one run unlike those of any other. */
  run: string;
  posts: number;
  messagesPerPost: number;
  customers: number;
};

/**
 * Signed webhook POSTs as the bytes of whole HTTP requests, ready to be written to a socket.
 * Message n carries `#n` at the end of its text and is at the place n / messagesPerPost.
 */
export function prepareRequests(spec: DeliveriesSpec, target: { port: number; path: string }): Buffer[] {
  const startedAt = Date.now();
  return Array.from({ length: spec.posts }, (_, post) => {
    const first = post * spec.messagesPerPost;
    const messaging = Array.from({ length: spec.messagesPerPost }, (_, index) =>
      messageItem(spec, first + index, startedAt),
    );
    const body = Buffer.from(
      `{"object":"instagram","entry":[{"time":${startedAt},"id":"${ACCOUNT_ID}","messaging":[${messaging.join(",")}]}]}`,
    );
    return requestOf(target, body);
  });
}

function messageItem(spec: DeliveriesSpec, number: number, startedAt: number): string {
  const customer = `8${String(number % spec.customers).padStart(15, "0")}`;
  // As long as Meta's are, of which only the tail tells two apart.
  const mid = `aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlEOjE3ODQxNDAwMDAwMDAwMDAxOjM0MDI4MjM2Njg0MTcxMDMwMTI0NDI1OTcxOTQ${spec.run}${number.toString(36).padStart(8, "0")}`;
  const text = `Hi! Is the blue vase from your story still there? \\u2764 #${number}`;
  return `{"sender":{"id":"${customer}"},"recipient":{"id":"${ACCOUNT_ID}"},"timestamp":${startedAt + Math.floor(number / 4)},"message":{"mid":"${mid}","text":"${text}"}}`;
}

function requestOf(target: { port: number; path: string }, body: Buffer): Buffer {
  const signature = createHmac("sha256", APP_SECRET).update(body).digest("hex");
  const head = [
    `POST ${target.path} HTTP/1.1`,
    `host: localhost:${target.port}`,
    "user-agent: Webhooks/1.0 (https://fb.me/webhooks)",
    "content-type: application/json",
    `x-hub-signature-256: sha256=${signature}`,
    `content-length: ${body.length}`,
    "",
    "",
  ].join("\r\n");
  return Buffer.concat([Buffer.from(head), body]);
}
