import { z } from "zod";
import type { ApiRoute } from "./api-route";

const ERROR = {
  type: "object",
  required: ["errors"],
  properties: {
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["code", "title"],
        properties: { code: { type: "string" }, title: { type: "string" } },
      },
    },
  },
};

const FILE = {
  type: "object",
  required: ["source"],
  properties: { source: { type: "string", format: "binary", description: "The file, at most 25 MB" } },
};

const REFUSALS = {
  "400": "Something in the request cannot be meant; each entry names its field",
  "401": "No key, or not one that works",
  "403": "The key may not do this",
  "404": "Not there, or not this key's",
};

type Parameter = Record<string, unknown>;

/** The specification of exactly what the door validates. @param base where the API is mounted, e.g. `https://desk.example` */
export function openApi(routes: ApiRoute[], base: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    path[route.method.toLowerCase()] = operation(route);
    paths[route.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Replydesk",
      version: "2",
      description: "Read and answer Instagram conversations. Compatible with Sunshine Conversations v2.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: base }],
    security: [{ basic: [] }, { bearer: [] }],
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        basic: { type: "http", scheme: "basic", description: "Key id and secret" },
        bearer: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "HS256 with the key's secret; header kid: the key id; claim scope: account, app or integration",
        },
      },
      schemas: { Errors: ERROR },
    },
  };
}

function operation(route: ApiRoute): Record<string, unknown> {
  const refusals = Object.entries(REFUSALS).map(([status, description]) => [
    status,
    { description, content: { "application/json": { schema: { $ref: "#/components/schemas/Errors" } } } },
  ]);
  return {
    operationId: route.operation,
    summary: route.summary,
    description: `For keys of the scope ${route.scopes.join(", ")}.`,
    tags: [tagOf(route)],
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...(route.body && {
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(route.body, "input") } } },
    }),
    ...(route.takesFile && {
      requestBody: { required: true, content: { "multipart/form-data": { schema: FILE } } },
    }),
    responses: {
      [route.status]: {
        description: route.status === 201 ? "Made" : "Done",
        content: { "application/json": { schema: schemaOf(route.response, "output") } },
      },
      ...Object.fromEntries(refusals),
    },
  };
}

/** `conversations` of `/v2/apps/{appId}/conversations/…`, `apps` of what stands above. */
function tagOf({ path }: ApiRoute): string {
  const [, , , , last = "apps"] = path.split("/");
  return path.split("/").findLast((part) => /^(webhooks|messages|clients)$/.test(part)) ?? last;
}

function pathParameters(path: string): Parameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

/** `page` and `filter` are objects in brackets: `page[size]=5`. */
function queryParameters(query: z.ZodType | undefined): Parameter[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemaOf(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    style: "deepObject",
    explode: true,
    schema,
  }));
}

type JsonSchema = { properties?: Record<string, unknown>; required?: string[] };

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json as JsonSchema;
}
