import type { OutgoingPart } from "@/lib/inbox/outgoing-part";
import type {
  Changes,
  ChannelHistory,
  ChannelRow,
  ConversationPage,
  ConversationRow,
  MessageRow,
  PostPage,
  SearchPage,
  ThreadPage,
} from "@/lib/inbox/types";

/** Longest wait for an answer; whatever has not come by then is treated like a lost connection. */
const PATIENCE = 20_000;

/** The server understood and said no, in words for a person. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
  }
}

export type Me = {
  member: { id: string; name: string; role: string; pictureUrl: string | null };
  workspace: { id: string; name: string };
  channels: ChannelRow[];
  serverNow: number;
};

/** The inbox's doors. Every call throws `Refusal` for a 4xx and something else when no answer came. */
export const api = {
  me: () => request<Me>("GET", "/api/inbox/me"),
  conversations: (after: string | null) =>
    request<ConversationPage>("GET", `/api/inbox/conversations${after ? `?after=${encodeURIComponent(after)}` : ""}`),
  /** @param position the newest messages when left out; `before` takes `older` of a page or a message, the others a message */
  thread: (id: string, position: { before: string } | { after: string } | { around: string } | null = null) =>
    request<ThreadPage>(
      "GET",
      `/api/inbox/conversations/${encodeURIComponent(id)}${position ? `?${new URLSearchParams(position)}` : ""}`,
    ),
  search: (
    question: string,
    { conversationId, after, signal }: { conversationId: string | null; after: string | null; signal: AbortSignal },
  ) => {
    const query = new URLSearchParams({ q: question });
    if (conversationId !== null) query.set("conversation", conversationId);
    if (after !== null) query.set("after", after);
    return request<SearchPage>("GET", `/api/inbox/search?${query}`, undefined, signal);
  },
  channels: () => request<{ sequence: number; channels: ChannelRow[] }>("GET", "/api/inbox/channels"),
  posts: (channelId: string, after: string | null) =>
    request<PostPage>(
      "GET",
      `/api/inbox/channels/${channelId}/posts${after ? `?after=${encodeURIComponent(after)}` : ""}`,
    ),
  changes: (after: number) => request<Changes>("GET", `/api/inbox/changes?after=${after}`),
  send: (
    conversationId: string,
    message: { id: string; parts: OutgoingPart[]; replyTo?: string; readThrough?: number },
  ) => request<{ messages: MessageRow[] }>("POST", `/api/inbox/conversations/${conversationId}/messages`, message),
  react: (messageId: string, emoji: string | null) =>
    request<MessageRow>("POST", `/api/inbox/messages/${messageId}/reaction`, { emoji }),
  takeOver: (conversationId: string) =>
    request<ConversationRow>("POST", `/api/inbox/conversations/${conversationId}/take-over`, {}),
  handBack: (conversationId: string) =>
    request<ConversationRow>("POST", `/api/inbox/conversations/${conversationId}/hand-back`, {}),
  typing: (conversationId: string) => request<void>("POST", `/api/inbox/conversations/${conversationId}/typing`, {}),
  markRead: (conversationId: string, through: number) =>
    request<void>("POST", `/api/inbox/conversations/${conversationId}/read`, { through }),
  retry: (messageId: string) => request<MessageRow>("POST", `/api/inbox/messages/${messageId}/retry`, {}),
  history: (channelId: string) => request<ChannelHistory>("GET", `/api/inbox/channels/${channelId}/history`),
  readHistory: (channelId: string) => request<ChannelHistory>("POST", `/api/inbox/channels/${channelId}/history`, {}),
  stopHistory: (channelId: string) =>
    request<ChannelHistory>("POST", `/api/inbox/channels/${channelId}/history/cancel`, {}),
  mediaGone: (messageId: string) => request<void>("POST", `/api/inbox/messages/${messageId}/media-gone`, {}),
  storyGone: (messageId: string) => request<void>("POST", `/api/inbox/messages/${messageId}/story-gone`, {}),
};

/** Signed out here or elsewhere: what this tab shows is nobody's any more. */
export function goToSignIn(): void {
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
}

async function request<T>(method: "GET" | "POST", path: string, body?: unknown, stop?: AbortSignal): Promise<T> {
  const patience = AbortSignal.timeout(PATIENCE);
  const response = await fetch(path, {
    method,
    cache: "no-store",
    signal: stop ? AbortSignal.any([stop, patience]) : patience,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  if (response.status === 401) goToSignIn();
  const { code, message } = readError(response.status, await response.json().catch(() => null));
  // 408, 429 and 5xx speak of the moment, not of the request.
  if (response.status >= 500 || response.status === 408 || response.status === 429) throw new Error(message);
  throw new Refusal(response.status, code, message);
}

/** What went wrong, in words for a person: the server's own, or that none came. */
export function failureWords(error: Error): string {
  const unanswered = error instanceof TypeError || error.name === "TimeoutError";
  return unanswered ? "The desk did not answer. Check your connection and try again." : error.message;
}

/** What a refusal says. @param body of the answer; null when it was none of ours */
export function readError(status: number, body: unknown): { code: string; message: string } {
  const fallback = { code: "unknown", message: `The server answered ${status}. Try again.` };
  if (typeof body !== "object" || body === null || !("error" in body)) return fallback;
  const { error } = body;
  if (typeof error !== "object" || error === null) return fallback;
  return {
    code: "code" in error && typeof error.code === "string" ? error.code : fallback.code,
    message: "message" in error && typeof error.message === "string" ? error.message : fallback.message,
  };
}
