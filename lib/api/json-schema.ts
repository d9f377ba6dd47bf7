import { z } from "zod";
import { SHAPES } from "./shapes";

/** What the reference reads of a JSON schema. */
export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
};

for (const { schema, ...name } of SHAPES) z.globalRegistry.add(schema, name);

export type JsonSchemas = {
  /** What requests are checked with, or what is answered. @throws when one name would mean two things */
  of(schema: z.ZodType, io: "input" | "output"): JsonSchema;
  /** Every shape with a name that was met so far, in the order of the table. */
  named(): Record<string, JsonSchema>;
};

/** Turns zod's schemas into those of a specification, in which what has a name stands once. */
export function jsonSchemas(): JsonSchemas {
  const components: Record<string, JsonSchema> = {};

  return {
    named: () => Object.fromEntries(SHAPES.flatMap(({ id }) => (components[id] ? [[id, components[id]]] : []))),
    of(schema, io) {
      const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
      for (const [name, definition] of Object.entries($defs)) {
        const shape = pointed(definition);
        if (components[name] && JSON.stringify(components[name]) !== JSON.stringify(shape))
          throw new Error(`${name} is one thing as input and another as output`);
        components[name] = shape;
      }
      return pointed(own);
    },
  };
}

function pointed(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
