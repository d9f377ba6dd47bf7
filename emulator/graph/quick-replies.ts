import { isObject } from "../http";
import type { QuickReply } from "../world/types";
import { GraphError, missingParameter } from "./graph-error";

const MAX_QUICK_REPLIES = 13;
const TITLE_CHARACTERS = 20;
const PAYLOAD_CHARACTERS = 1000;

/** `message.quick_replies`: titles are cut off at 20 characters, as Instagram does. */
export function readQuickReplies(given: unknown): QuickReply[] | undefined {
  if (given === undefined) return undefined;
  if (!Array.isArray(given) || given.length === 0 || given.length > MAX_QUICK_REPLIES) {
    throw new GraphError(
      100,
      `(#100) Param message[quick_replies] must be a list of 1 to ${MAX_QUICK_REPLIES} elements.`,
    );
  }
  return given.map((one: unknown, at) => {
    const name = `message[quick_replies][${at}]`;
    if (!isObject(one)) throw new GraphError(100, `(#100) Param ${name} must be an object`);
    if (one.content_type === "user_phone_number" || one.content_type === "user_email") {
      throw new GraphError(100, `(#100) Quick replies of content_type ${one.content_type} are no longer supported.`);
    }
    if (one.content_type !== "text")
      throw new GraphError(100, `(#100) Param ${name}[content_type] must be one of {text}`);
    if (typeof one.title !== "string" || one.title === "") throw missingParameter(`${name}[title]`);
    if (typeof one.payload !== "string" || one.payload === "") throw missingParameter(`${name}[payload]`);
    if ([...one.payload].length > PAYLOAD_CHARACTERS) {
      throw new GraphError(100, `(#100) Param ${name}[payload] must be at most ${PAYLOAD_CHARACTERS} characters long.`);
    }
    return { title: [...one.title].slice(0, TITLE_CHARACTERS).join(""), payload: one.payload };
  });
}
