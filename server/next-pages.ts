import type { IncomingMessage, Server, ServerResponse } from "node:http";
import next from "next";
import type { Env } from "../lib/env";

/** What answers everything that no door does. */
export type Pages = {
  /** Resolves once pages can be answered; the doors do not wait for it. */
  ready: Promise<void>;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
};

/** Next's pages on a server of ours, which it needs for its upgrade requests in development. */
export function openNextPages(server: Server, env: Env): Pages {
  const app = next({
    dev: env.NODE_ENV === "development",
    dir: process.cwd(),
    hostname: new URL(env.APP_URL).hostname,
    port: env.PORT,
    httpServer: server,
  });
  const { host } = new URL(env.APP_URL);
  return {
    ready: app.prepare(),
    answer: (request, response) => {
      // The desk has one address, whatever a proxy calls it: Next holds a form's origin against this.
      request.headers.host = host;
      delete request.headers["x-forwarded-host"];
      return app.getRequestHandler()(request, response);
    },
    close: () => app.close(),
  };
}
