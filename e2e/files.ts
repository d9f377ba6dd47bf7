export type TestFile = { name: string; type: string; bytes: Buffer };

/** A small picture that a browser can show. */
export function png(name: string): TestFile {
  const bytes = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGPQyNsCRwzEcQAP0hShgkrCwgAAAABJRU5ErkJggg==",
    "base64",
  );
  return { name, type: "image/png", bytes };
}

/** The beginning of a film; no more of it is looked at. */
export function mp4(name: string): TestFile {
  return { name, type: "video/mp4", bytes: padded("\0\0\0\x20ftypisom\0\0\x02\0isomiso2mp41") };
}

export function pdf(name: string): TestFile {
  return { name, type: "application/pdf", bytes: padded("%PDF-1.7\n") };
}

function padded(head: string): Buffer {
  const file = Buffer.alloc(4096, 0x20);
  file.write(head, "latin1");
  return file;
}
