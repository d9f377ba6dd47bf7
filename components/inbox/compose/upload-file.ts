import { goToSignIn, Refusal, readError } from "../api";
import type { OutgoingFile } from "./outgoing-files";

type Progress = { onProgress: (share: number) => void; signal: AbortSignal };

/**
 * Sends a file through the desk to Instagram. `fetch` does not tell how far it is, so this is the older way.
 * @param onProgress hears 0 … 1 @throws Error in words for a person; AbortError when cancelled
 */
export function uploadFile(conversationId: string, file: File, { onProgress, signal }: Progress) {
  return new Promise<OutgoingFile>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ conversation: conversationId, name: file.name });
    request.open("POST", `/api/inbox/uploads?${query}`);
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new Error("The connection broke off. Try again."));
    request.onabort = () => reject(new DOMException("Cancelled", "AbortError"));
    request.onload = () => {
      const uploaded = uploadedOf(request.response);
      if (request.status === 201 && uploaded) return resolve(uploaded);
      if (request.status === 401) goToSignIn();
      const { code, message } = readError(request.status, request.response);
      reject(new Refusal(request.status, code, message));
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function uploadedOf(answer: unknown): OutgoingFile | null {
  if (typeof answer !== "object" || answer === null) return null;
  const { id, media, name, bytes } = answer as Record<string, unknown>;
  if (typeof id !== "string" || typeof name !== "string" || typeof bytes !== "number") return null;
  if (media !== "image" && media !== "video" && media !== "audio" && media !== "file") return null;
  return { uploadId: id, media, name, bytes };
}
