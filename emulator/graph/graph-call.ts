import type { Emulator } from "../emulator";
import { type Call, isObject } from "../http";
import type { Token } from "../world/access-types";
import type { App } from "../world/types";
import { type Field, parseFields } from "./fields";
import { GraphError, missingParameter } from "./graph-error";

/** A token as it was presented. `value` is never written anywhere. */
export type Access =
  | { kind: "user" | "page"; value: string; app: App; token: Token }
  | { kind: "app"; value: string; app: App; token: null };

/** One Graph call: parameters of the query and of the body (JSON, form, multipart) in one bag. */
export class GraphCall {
  access: Access | null = null;
  proof: "absent" | "valid" | "invalid" = "absent";
  /** Told in the usage header when a limit is played. */
  regainMinutes = 0;
  /** How much of the limit that this call counts against is used up, in percent. */
  usedPercent: number | null = null;

  constructor(
    readonly emulator: Emulator,
    readonly http: Call,
    readonly version: string,
    readonly segments: string[],
    private readonly params: Record<string, unknown>,
  ) {}

  get method(): string {
    return this.http.method;
  }

  get path(): string {
    return `/${this.segments.join("/")}`;
  }

  /** A parameter as text; null when it is absent. Objects come back as their JSON. */
  text(name: string): string | null {
    const value = this.params[name];
    if (value === undefined || value === null) return null;
    return typeof value === "string" ? value : JSON.stringify(value);
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === null || value === "") throw missingParameter(name);
    return value;
  }

  /** A parameter as an object: as it is in a JSON body, parsed from its JSON text in a form. */
  object(name: string): Record<string, unknown> | null {
    const value = this.value(name);
    if (value === null) return null;
    if (!isObject(value)) throw new GraphError(100, `(#100) Param ${name} must be an object`);
    return value;
  }

  value(name: string): unknown {
    const value = this.params[name] ?? null;
    if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
    try {
      return JSON.parse(value);
    } catch {
      throw new GraphError(100, `(#100) Param ${name} must be valid JSON`);
    }
  }

  list(name: string): string[] {
    const value = this.value(name);
    if (Array.isArray(value)) return value.map(String);
    return (this.text(name) ?? "")
      .split(",")
      .map((one) => one.trim())
      .filter(Boolean);
  }

  fields(): Field[] | null {
    const text = this.text("fields");
    return text === null || text.trim() === "" ? null : parseFields(text);
  }

  names(): string[] {
    return Object.keys(this.params);
  }

  /** The body as it came, without tokens: for the ledger. */
  raw(): Record<string, unknown> {
    const { access_token: _token, appsecret_proof: _proof, ...rest } = this.params;
    return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, withoutBytes(value)]));
  }
}

function withoutBytes(value: unknown): unknown {
  return isObject(value) && Buffer.isBuffer(value.bytes) ? { ...value, bytes: value.bytes.length } : value;
}
