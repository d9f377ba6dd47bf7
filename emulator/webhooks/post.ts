import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

const httpAgent = new HttpAgent({ keepAlive: true, maxSockets: 64 });
const httpsAgent = new HttpsAgent({ keepAlive: true, maxSockets: 64 });
const ANSWER_KEPT_BYTES = 64 * 1024;

export interface PostResult {
  status: number | null;
  error: string | null;
  body: string;
  ms: number;
}

/** One request to the app's server. Never throws: what goes wrong is in `error`, in words. */
export function callApp(
  method: "GET" | "POST",
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
): Promise<PostResult> {
  const started = performance.now();
  return new Promise((resolve) => {
    const done = (status: number | null, error: string | null, answer = "") => {
      clearTimeout(timer);
      resolve({ status, error, body: answer, ms: Math.round((performance.now() - started) * 10) / 10 });
    };
    let req: ReturnType<typeof httpRequest>;
    const timer = setTimeout(() => {
      done(null, `no answer within ${timeoutMs / 1000} s`);
      req?.destroy();
    }, timeoutMs);
    try {
      const secure = new URL(url).protocol === "https:";
      const options = {
        method,
        agent: secure ? httpsAgent : httpAgent,
        headers: { ...headers, ...(body ? { "content-length": String(Buffer.byteLength(body)) } : {}) },
      };
      req = secure ? httpsRequest(url, options) : httpRequest(url, options);
    } catch (error) {
      done(null, String(error));
      return;
    }
    req.on("error", (error: NodeJS.ErrnoException) => done(null, error.code ?? error.message));
    req.on("response", (res) => {
      let answer = "";
      res.setEncoding("utf8");
      res.on("data", (chunk: string) => {
        if (answer.length < ANSWER_KEPT_BYTES) answer += chunk;
      });
      res.on("end", () => done(res.statusCode ?? null, null, answer));
      res.on("error", (error) => done(null, error.message));
    });
    req.end(body);
  });
}
