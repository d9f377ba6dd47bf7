import { refuse } from "./api-refusal";

export type FilePart = { name: string; contentType: string; bytes: Buffer };

const HEADERS_END = Buffer.from("\r\n\r\n");
const LONGEST_HEADERS = 4096;

/**
 * One part of a `multipart/form-data` body (RFC 7578). Clients send buffers without a file name, which ready-made
 * parsers take for text and spoil. @throws ApiRefusal 400
 */
export function filePart(body: Buffer, contentType: string, field: string): FilePart {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare;
  if (!boundary) throw refuse(400, "bad_request", "The content type names no boundary");
  for (const part of partsOf(body, boundary)) {
    const end = part.indexOf(HEADERS_END);
    if (end < 0 || end > LONGEST_HEADERS) throw broken();
    const headers = part.toString("utf8", 0, end);
    const disposition = /^content-disposition:\s*form-data(.*)$/im.exec(headers)?.[1] ?? "";
    if (parameter(disposition, "name") !== field) continue;
    return {
      name: parameter(disposition, "filename") ?? "",
      contentType: /^content-type:\s*([^\r\n]*)$/im.exec(headers)?.[1]?.trim() ?? "",
      bytes: part.subarray(end + HEADERS_END.length),
    };
  }
  throw refuse(400, "bad_request", `${field}: is required`);
}

function* partsOf(body: Buffer, boundary: string): Generator<Buffer> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const first = `--${boundary}\r\n`;
  const start = body.indexOf(first);
  if (start < 0 || (start > 0 && body.toString("latin1", start - 2, start) !== "\r\n")) throw broken();
  let at = start + first.length;
  while (true) {
    const end = body.indexOf(delimiter, at);
    if (end < 0) throw broken();
    yield body.subarray(at, end);
    const after = end + delimiter.length;
    if (body.toString("latin1", after, after + 2) === "--") return;
    const line = body.indexOf("\r\n", after);
    if (line < 0) throw broken();
    at = line + 2;
  }
}

function parameter(disposition: string, name: string): string | null {
  return new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(disposition)?.[1] ?? null;
}

function broken() {
  return refuse(400, "bad_request", "The body is not multipart/form-data, or broke off");
}
