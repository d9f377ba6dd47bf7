import type { JsonSchema } from "./json-schema";

/** A specification in OpenAPI 3.1, as far as ours goes. */
export type OpenApi = {
  openapi: "3.1.0";
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } };
  servers: { url: string }[];
  security: Record<string, string[]>[];
  tags: { name: string; description: string }[];
  /** By path, then by method in lower case. */
  paths: Record<string, Record<string, Operation>>;
  /** What webhooks are told, by trigger. */
  webhooks: Record<string, { post: Told }>;
  components: { securitySchemes: Record<string, object>; schemas: Record<string, JsonSchema> };
};

export type Operation = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  /** By status. */
  responses: Record<string, { description: string; content: { "application/json": Media } }>;
};

export type Told = Pick<Operation, "operationId" | "summary" | "description"> & {
  requestBody: { required: true; content: { "application/json": Media } };
  responses: Record<string, { description: string }>;
};

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  description?: string;
  required: boolean;
  style?: string;
  explode?: boolean;
  schema: JsonSchema;
  example?: unknown;
};

export type Media = { schema: JsonSchema; example?: unknown };
