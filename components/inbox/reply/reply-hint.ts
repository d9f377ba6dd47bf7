import type { Composition } from "../compose/compositions";
import { replySize } from "./reply-size";

export type ReplyHint = {
  words: string | null;
  /** Whether Send has to wait, or the writer has to do something first. */
  stops: boolean;
  tone: "quiet" | "bad";
};

/** What the line under the reply box says, the most pressing first. */
export function replyHint(
  text: string,
  { files, quickReplies }: Pick<Composition, "files" | "quickReplies">,
  online: boolean,
): ReplyHint {
  if (!online) {
    return { words: "You are offline. Your text is kept here until you can send it.", stops: true, tone: "bad" };
  }
  if (files.some(({ state }) => state.is === "failed")) {
    return { words: "One file cannot go. Remove it to send the rest.", stops: true, tone: "bad" };
  }
  const going = files.filter(({ state }) => state.is !== "ready").length;
  if (going > 0) {
    return { words: `${going === 1 ? "A file is" : `${going} files are`} on the way up`, stops: true, tone: "quiet" };
  }
  const size = replySize(text);
  if (size.over) return { words: size.words, stops: true, tone: "bad" };
  if (quickReplies.length > 0 && text.trim() === "") {
    return { words: "Quick replies need words above them", stops: true, tone: "quiet" };
  }
  return { words: size.words, stops: text.trim() === "" && files.length === 0, tone: "quiet" };
}
