import { Refusal } from "./http";

/** Reads the members of a JSON body, refusing in words what has another type. */
export class Input {
  constructor(readonly raw: Record<string, unknown>) {}

  has(name: string): boolean {
    return this.raw[name] !== undefined;
  }

  text(name: string): string {
    const value = this.raw[name];
    if (typeof value !== "string" || value === "") throw new Refusal(400, `"${name}" has to be a text.`);
    return value;
  }

  textOr(name: string): string | null {
    return this.raw[name] === undefined || this.raw[name] === null || this.raw[name] === "" ? null : this.text(name);
  }

  number(name: string, fallback: number): number {
    const value = this.raw[name];
    if (value === undefined || value === null) return fallback;
    if (typeof value !== "number" || !Number.isFinite(value)) throw new Refusal(400, `"${name}" has to be a number.`);
    return value;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.raw[name];
    if (value === undefined || value === null) return fallback;
    if (typeof value !== "boolean") throw new Refusal(400, `"${name}" has to be true or false.`);
    return value;
  }

  texts(name: string): string[] | null {
    const value = this.raw[name];
    if (value === undefined || value === null) return null;
    if (!Array.isArray(value) || value.some((one) => typeof one !== "string")) {
      throw new Refusal(400, `"${name}" has to be a list of texts.`);
    }
    return value as string[];
  }

  oneOf<const T extends string>(name: string, allowed: readonly T[], fallback?: T): T {
    const value = this.raw[name] ?? fallback;
    const found = allowed.find((one) => one === value);
    if (!found) throw new Refusal(400, `"${name}" has to be one of: ${allowed.join(", ")}.`);
    return found;
  }
}
