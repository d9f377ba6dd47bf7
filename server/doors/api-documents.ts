import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { openApi } from "../../lib/api/openapi";
import { referencePage, THEME_SCRIPT } from "../../lib/api/reference/reference-page";
import { REFERENCE_STYLE } from "../../lib/api/reference/reference-style";
import { API_ANSWERS } from "../api/api-answers";

type Document = { type: string; text: string };

const PAGE_POLICY = [
  "default-src 'none'",
  `script-src '${hashOf(THEME_SCRIPT)}'`,
  `style-src '${hashOf(REFERENCE_STYLE)}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** `/v2/openapi.json` and `/v2/docs`, for everyone: what the API is, to programs and to people. */
export function createApiDocuments(appUrl: string) {
  const made = new Map<string, Document>();

  /** Made when it is first asked for; it stays the same as long as the process. */
  function documentAt(path: string): Document | null {
    const [, mount, name] = /^((?:\/sc)?)\/v2\/(docs|openapi\.json)$/.exec(path) ?? [];
    if (mount === undefined) return null;
    const known = made.get(path);
    if (known) return known;
    const specification = openApi(
      API_ANSWERS.map(({ route }) => route),
      appUrl + mount,
    );
    const document =
      name === "docs"
        ? { type: "text/html; charset=utf-8", text: referencePage(specification) }
        : { type: "application/json; charset=utf-8", text: JSON.stringify(specification) };
    made.set(path, document);
    return document;
  }

  /** @returns whether this was asked for and is answered */
  return function serveDocument(request: IncomingMessage, response: ServerResponse, url: URL): boolean {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    const document = documentAt(url.pathname);
    if (!document) return false;
    response.writeHead(200, {
      "content-type": document.type,
      "content-length": Buffer.byteLength(document.text),
      "cache-control": "no-cache",
      "content-security-policy": PAGE_POLICY,
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    });
    response.end(document.text);
    return true;
  };
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
