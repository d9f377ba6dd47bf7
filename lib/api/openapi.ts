import { API_ERROR_CODES } from "./api-refusal";
import type { ApiRoute } from "./api-route";
import { jsonSchemas } from "./json-schema";
import { toldEvents } from "./openapi-events";
import { operationOf } from "./openapi-operation";
import type { OpenApi } from "./openapi-types";

const ERRORS = {
  type: "object",
  description: "Why a request was refused",
  required: ["errors"],
  properties: {
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["code", "title"],
        properties: {
          code: { type: "string", enum: [...API_ERROR_CODES], description: "For programs" },
          title: { type: "string", description: "For people; with a 400 it begins with the field that is wrong" },
        },
      },
    },
  },
};

/** What each group of operations is about, in the order of the reference. */
const TAGS: Record<string, string> = {
  messages: "What was said, and what you say.",
  conversations: "One with each person who has written to a connected account.",
  users: "The people who have written.",
  clients: "The Instagram account of a person.",
  attachments: "Files to send.",
  integrations: "Connected Instagram accounts, and programs of yours with their webhooks and keys.",
  webhooks: "Addresses that are told what happens.",
  switchboards: "Who answers: a program first, the people of the desk after.",
  apps: "Workspaces of the desk.",
  keys: "Keys of a workspace.",
};

/** The specification of exactly what the door validates. @param base where the API is mounted, e.g. `https://desk.example` */
export function openApi(routes: ApiRoute[], base: string): OpenApi {
  const schemas = jsonSchemas();
  const paths: OpenApi["paths"] = {};
  for (const route of routes) {
    const operation = operationOf(route, tagOf(route), schemas);
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation };
  }
  const used = new Set(routes.map(tagOf));
  const webhooks = toldEvents(schemas);
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
    tags: Object.entries(TAGS)
      .filter(([name]) => used.has(name))
      .map(([name, description]) => ({ name, description })),
    paths,
    webhooks,
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
      schemas: { ...schemas.named(), Errors: ERRORS },
    },
  };
}

/** `conversations` of `/v2/apps/{appId}/conversations/…`, `apps` of what stands above. */
function tagOf({ path }: ApiRoute): string {
  const [, , , , last = "apps"] = path.split("/");
  return path.split("/").findLast((part) => /^(webhooks|messages|clients|keys)$/.test(part)) ?? last;
}
