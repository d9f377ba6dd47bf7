import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export type Posted = { status: number; text: string; headers: Record<string, unknown> };

/** The header that Meta sends: HMAC-SHA256 of the raw bytes under the app's secret. */
export function signatureOf(body: Buffer | string, secret: string, algorithm = "sha256"): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(body).digest("hex")}`;
}

/** One POST of raw bytes. Rejects when the far end goes away before its answer. */
export function postRaw(url: string, body: Buffer | string, headers: Record<string, string>): Promise<Posted> {
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const call = request(url, {
      method: "POST",
      agent,
      headers: { "content-type": "application/json", "content-length": bytes.length, ...headers },
    });
    call.on("error", reject);
    call.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }));
      response.on("error", reject);
    });
    call.end(bytes);
  });
}

/** A delivery as Meta signs it. @returns the status */
export async function postDelivery(url: string, body: Buffer | string | object, secret: string): Promise<number> {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return (await postRaw(url, bytes, { "x-hub-signature-256": signatureOf(bytes, secret) })).status;
}
