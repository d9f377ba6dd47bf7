import type { Business, Media } from "../world/types";
import type { GraphCall } from "./graph-call";
import { GraphError } from "./graph-error";
import { keepMedia } from "./keep-media";
import type { MessageMediaType } from "./media-rules";

const FETCH_TIMEOUT_MS = 10_000;

/** Fetches a medium as Meta's fetcher would and keeps it in the CDN. */
export async function fetchMedia(
  call: GraphCall,
  business: Business,
  type: MessageMediaType,
  url: string,
): Promise<Media> {
  const unreachable = () => new GraphError(100, "(#100) Failed to fetch the file from the url", { subcode: 2018008 });
  let bytes: Buffer;
  try {
    const answer = await fetch(url, {
      signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
      headers: { "user-agent": "facebookexternalhit/1.1" },
    });
    if (!answer.ok) throw unreachable();
    bytes = Buffer.from(await answer.arrayBuffer());
  } catch {
    throw unreachable();
  }
  return keepMedia(call, business, type, { bytes, name: fileName(url) });
}

function fileName(url: string): string | undefined {
  return new URL(url).pathname.split("/").at(-1) || undefined;
}
