export interface FilePart {
  filename: string;
  contentType: string;
  bytes: Buffer;
}

/** `multipart/form-data` as text fields and file parts; a body that is none gives nothing. */
export function parseMultipart(contentType: string, body: Buffer): Record<string, string | FilePart> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const fields: Record<string, string | FilePart> = {};
  if (!boundary) return fields;
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    readPart(body.subarray(at + mark.length + 2, next - 2), fields);
    at = next;
  }
  return fields;
}

function readPart(part: Buffer, fields: Record<string, string | FilePart>): void {
  const split = part.indexOf("\r\n\r\n");
  if (split < 0) return;
  const head = part.subarray(0, split).toString("utf8");
  const name = /\bname="([^"]*)"/i.exec(head)?.[1];
  if (!name) return;
  const bytes = part.subarray(split + 4);
  const filename = /\bfilename="([^"]*)"/i.exec(head)?.[1];
  fields[name] =
    filename === undefined
      ? bytes.toString("utf8")
      : {
          filename,
          contentType: /content-type:\s*([^\r\n;]+)/i.exec(head)?.[1] ?? "application/octet-stream",
          bytes: Buffer.from(bytes),
        };
}
