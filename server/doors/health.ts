import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pool } from "pg";

/** `GET /healthz` (alive), `GET /readyz` (database reachable and migrated, pages ready), `GET /metrics` (Prometheus text). */
export function createHealthDoor(options: { pool: Pool; isReady: () => boolean; metricsToken: string | undefined }) {
  return async function healthDoor(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (url.pathname === "/healthz") return text(response, 200, "ok");
    if (url.pathname === "/metrics") return metrics(request, response);
    if (!options.isReady()) return text(response, 503, "starting");
    const reachable = await options.pool.query("select 1").then(
      () => true,
      () => false,
    );
    return text(response, reachable ? 200 : 503, reachable ? "ready" : "The database cannot be reached.");
  };

  async function metrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { metricsToken } = options;
    const allowed = metricsToken
      ? request.headers.authorization === `Bearer ${metricsToken}`
      : /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? "") && !request.headers["x-forwarded-for"];
    if (!allowed) return text(response, 403, "Metrics are served to this machine, or with METRICS_TOKEN.");
    const { rows } = await options.pool.query<{ waiting: number; oldest: number; jobs: number; dead: number }>(`
      select (select count(*) from delivery) as waiting,
        coalesce(extract(epoch from desk_now() - (select min(received_at) from delivery)), 0)::float8 as oldest,
        (select count(*) from job where state <> 'dead') as jobs, (select count(*) from job where state = 'dead') as dead`);
    const row = rows[0] ?? { waiting: 0, oldest: 0, jobs: 0, dead: 0 };
    const lines = [
      ["replydesk_deliveries_waiting", "Deliveries from Meta not shown yet.", row.waiting],
      ["replydesk_delivery_oldest_seconds", "Age of the oldest of them.", row.oldest],
      ["replydesk_jobs_open", "Jobs that wait or run.", row.jobs],
      ["replydesk_jobs_dead", "Jobs given up.", row.dead],
    ].map(([name, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`);
    response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
    response.end(lines.join(""));
  }
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(body);
}
