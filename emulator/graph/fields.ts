import { GraphError } from "./graph-error";

export interface Field {
  name: string;
  /** From modifiers such as `.limit(5)`. */
  args: Record<string, string>;
  fields: Field[] | null;
  /** The inner fields as they were asked. */
  text?: string;
}

/** Field expansion: `id,name,picture{url},messages.limit(5){id,from}`. */
export function parseFields(text: string): Field[] {
  let at = 0;

  const readList = (closing: string | null): Field[] => {
    const list: Field[] = [];
    while (at < text.length) {
      if (text[at] === closing) return list;
      if (text[at] === "," || text[at] === " ") at++;
      else list.push(readField());
    }
    if (closing) throw syntaxError(text);
    return list;
  };

  const readField = (): Field => {
    const name = readName();
    const field: Field = { name, args: {}, fields: null };
    while (text[at] === ".") {
      at++;
      const modifier = readName();
      if (text[at] !== "(") throw syntaxError(text);
      const end = text.indexOf(")", at);
      if (end < 0) throw syntaxError(text);
      field.args[modifier] = text.slice(at + 1, end);
      at = end + 1;
    }
    if (text[at] === "{") {
      const start = ++at;
      field.fields = readList("}");
      field.text = text.slice(start, at);
      at++;
    }
    return field;
  };

  const readName = (): string => {
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(at))?.[0];
    if (!name) throw syntaxError(text);
    at += name.length;
    return name;
  };

  return readList(null);
}

function syntaxError(text: string): GraphError {
  return new GraphError(2500, `Syntax error in the field expansion "${text.slice(0, 200)}"`);
}

/** How each field of a node is read. `undefined` leaves the field out, as Graph does with what is empty. */
export type Readers<T> = Record<string, (node: T, field: Field) => unknown>;

/** Picks the asked fields of a node; `id` is always there. */
export function project<T>(
  type: string,
  node: T,
  readers: Readers<T>,
  fields: Field[] | null,
  defaults: string[],
): Record<string, unknown> {
  const asked = fields ?? defaults.map((name) => ({ name, args: {}, fields: null }));
  const result: Record<string, unknown> = {};
  for (const field of asked) {
    const reader = readers[field.name];
    if (!reader)
      throw new GraphError(100, `(#100) Tried accessing nonexisting field (${field.name}) on node type (${type})`);
    const value = reader(node, field);
    if (value !== undefined) result[field.name] = value;
  }
  if (result.id === undefined && readers.id) {
    const id = readers.id(node, { name: "id", args: {}, fields: null });
    if (id !== undefined) result.id = id;
  }
  return result;
}
