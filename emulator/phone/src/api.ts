/** One round trip to the emulator. Throws an Error whose message is written for the person at the page. */
export async function call<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch {
    throw new Error("The emulator does not answer. Is it still running?");
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  throw new Error(reasonIn(body) ?? `The emulator answered ${response.status} without a reason.`);
}

/** POSTs JSON and answers what came back. */
export function post<T>(path: string, body: object): Promise<T> {
  return call<T>(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export interface Upload {
  mediaId: string;
  kind: "image" | "video" | "audio" | "file";
}

/** Puts a file of this computer into the emulator, which looks at its bytes to say what it is. */
export function upload(file: Blob): Promise<Upload> {
  const name = file instanceof File ? `?name=${encodeURIComponent(file.name)}` : "";
  return call<Upload>(`/_play/upload${name}`, {
    method: "POST",
    headers: { "Content-Type": file.type || "application/octet-stream" },
    body: file,
  });
}

function reasonIn(body: unknown): string | null {
  if (typeof body !== "object" || body === null || !("error" in body)) return null;
  const { error } = body;
  if (typeof error !== "object" || error === null || !("message" in error)) return null;
  return typeof error.message === "string" ? error.message : null;
}
