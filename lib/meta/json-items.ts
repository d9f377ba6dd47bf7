/** One element of `entry[].messaging`, `standby` or `changes`, as the very characters that Meta sent. */
export type RawItem = { entry: number; list: string; raw: string };

export type RawEntry = { id: unknown; time: unknown };

/**
 * Cuts a webhook body into its items without losing a character, so that what is set aside keeps its own raw form
 * and one bad item spoils no other. The body must be valid JSON (check with JSON.parse first).
 * @param limit how many items are read at most
 */
export function jsonItems(text: string, limit = Number.POSITIVE_INFINITY): { entries: RawEntry[]; items: RawItem[] } {
  const entries: RawEntry[] = [];
  const items: RawItem[] = [];
  for (const [key, value] of members(text)) {
    if (key !== "entry") continue;
    for (const entry of elements(value)) {
      const index = entries.length;
      const found: RawEntry = { id: undefined, time: undefined };
      entries.push(found);
      for (const [name, part] of members(entry)) {
        if (name === "id") found.id = parseScalar(part);
        else if (name === "time") found.time = parseScalar(part);
        else if (name === "field") {
          // An older form: one change, its members on the entry itself.
          if (items.length >= limit) return { entries, items };
          items.push({ entry: index, list: "changes", raw: entry });
        } else if (name === "messaging" || name === "standby" || name === "changes") {
          for (const raw of elements(part)) {
            if (items.length >= limit) return { entries, items };
            items.push({ entry: index, list: name, raw });
          }
        }
      }
    }
  }
  return { entries, items };
}

function parseScalar(text: string): unknown {
  return /^[[{]/.test(text) ? undefined : JSON.parse(text);
}

function* members(text: string): Generator<[string, string]> {
  if (text[skipSpace(text, 0)] !== "{") return;
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (at < text.length && text[at] !== "}") {
    const keyEnd = endOfValue(text, at);
    const key: unknown = JSON.parse(text.slice(at, keyEnd));
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = endOfValue(text, start);
    if (typeof key === "string") yield [key, text.slice(start, end)];
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
}

function* elements(text: string): Generator<string> {
  if (text[skipSpace(text, 0)] !== "[") return;
  let at = skipSpace(text, skipSpace(text, 0) + 1);
  while (at < text.length && text[at] !== "]") {
    const end = endOfValue(text, at);
    yield text.slice(at, end);
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at += 1;
  return at;
}

/** The index after the value that starts at `from`; depth is counted, not recursed, so nesting costs nothing. */
function endOfValue(text: string, from: number): number {
  let at = from;
  let depth = 0;
  do {
    const char = text[at];
    if (char === '"') {
      at += 1;
      while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
      at += 1;
    } else if (char === "{" || char === "[") {
      depth += 1;
      at += 1;
    } else if (char === "}" || char === "]") {
      depth -= 1;
      at += 1;
    } else if (depth > 0) {
      at += 1;
    } else {
      while (at < text.length && !/[\s,\]}]/.test(text[at] ?? "")) at += 1;
    }
  } while (depth > 0 && at < text.length);
  return at;
}
