import { AppError } from "../errors";
import { isId } from "../ids";

/** Where a page of rows ordered by (time, id) ends. */
export type Cursor = { at: Date; id: string };

export function encodeCursor(at: number, id: string): string {
  return Buffer.from(`${at} ${id}`).toString("base64url");
}

/** @throws AppError invalid */
export function decodeCursor(value: string): Cursor {
  const [at, id] = Buffer.from(value, "base64url").toString("utf8").split(" ");
  const ms = Number(at);
  if (!Number.isSafeInteger(ms) || Math.abs(ms) > 8.64e15 || !isId(id)) {
    throw new AppError("invalid", "This page address is damaged. Start again from the top of the list.");
  }
  return { at: new Date(ms), id };
}
