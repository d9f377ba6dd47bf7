import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { type Call, sendHtml, sendText } from "./http";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
};

/** The files of the phone page. */
export async function servePhone(phoneDir: string, call: Call): Promise<void> {
  if (call.method !== "GET" && call.method !== "HEAD") return sendText(call.res, 405, "Method not allowed");
  const relative = normalize(call.path === "/" ? "/index.html" : call.path);
  const file = join(phoneDir, relative);
  const type = TYPES[extname(file)];
  const found = file.startsWith(phoneDir + sep) && type ? await stat(file).catch(() => null) : null;
  if (!found?.isFile() || !type) {
    if (call.path === "/")
      return sendHtml(
        call.res,
        200,
        "<!DOCTYPE html><title>Emulator</title><p>The emulator runs; its phone page is not built.</p>",
      );
    if (call.path === "/favicon.ico") return void call.res.writeHead(204).end();
    return sendText(call.res, 404, "Not found");
  }
  call.res.writeHead(200, { "content-type": type, "content-length": found.size, "cache-control": "no-cache" });
  call.res.end(call.method === "HEAD" ? undefined : await readFile(file));
}
