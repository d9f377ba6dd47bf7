/** Makes of one good body every bad one: wrong types, fields that nobody knows, endless texts and lists, U+0000. */

export type HostileBody = {
  /** The field that is wrong, as the refusal has to name it. */
  field: string;
  what: string;
  body: unknown;
};

type Path = (string | number)[];

/** What integrators fill as they like. */
const FREE = new Set(["metadata", "payload", "extraChannelOptions"]);

export function* hostileBodies(good: object): Generator<HostileBody> {
  for (const body of [[], "x", 5, null]) yield { field: "body", what: JSON.stringify(body), body };
  for (const { path, value, free } of nodesOf(good, [], false)) {
    for (const [what, wrong, key] of wrongOf(value, free)) {
      const field = [...path, ...(key === undefined ? [] : [key])].join(".");
      if (field !== "") yield { field, what, body: replaced(good, path, wrong) };
    }
  }
}

function* nodesOf(value: unknown, path: Path, free: boolean): Generator<{ path: Path; value: unknown; free: boolean }> {
  yield { path, value, free };
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const inside = free || (FREE.has(key) && typeof inner === "object");
    yield* nodesOf(inner, [...path, Array.isArray(value) ? Number(key) : key], inside);
  }
}

/** @returns what is wrong, the value that is, and the field below where that is the culprit */
function wrongOf(value: unknown, free: boolean): [what: string, wrong: unknown, key?: string][] {
  const broken: [string, unknown][] = [["U+0000", "a\0b"]];
  if (free) return typeof value === "object" ? [["a text", "x"]] : broken;
  if (Array.isArray(value))
    return [
      ["an object for a list", { 0: value[0] }],
      ["an endless list", Array(JSON.stringify(value[0]).length > 400 ? 40 : 201).fill(value[0])],
    ];
  if (typeof value === "object" && value !== null)
    return [
      ["a list for an object", [value]],
      ["an unknown field", { ...value, unknownField: 1 }, "unknownField"],
    ];
  const wrong: [string, unknown][] = [
    ["a list", [value]],
    ["an object", { value }],
  ];
  if (typeof value === "string") return [...wrong, ...broken, ["a number", 5], ["an endless text", "x".repeat(60_000)]];
  return [...wrong, ["a text", "yes"]];
}

function replaced(good: unknown, [first, ...rest]: Path, wrong: unknown): unknown {
  if (first === undefined) return wrong;
  if (Array.isArray(good)) return good.map((inner, at) => (at === first ? replaced(inner, rest, wrong) : inner));
  const known = good as Record<string, unknown>;
  return { ...known, [first]: replaced(known[first], rest, wrong) };
}
