import type { ApiRoute } from "./api-route";
import { EXAMPLE_IDS } from "./examples";
import type { JsonSchemas } from "./json-schema";
import type { Media, Operation, Parameter } from "./openapi-types";
import { readQuery } from "./read-query";

const FILE = {
  type: "object",
  required: ["source"],
  properties: { source: { type: "string", format: "binary", description: "The file, at most 25 MB" } },
};

const PATH_PARAMETERS: Record<string, string> = {
  appId: "The workspace; Settings → API shows it",
  conversationId: "The conversation",
  userIdOrExternalId: "The user, by id or by your own external id",
  clientId: "The client",
  deviceId: "The device",
  integrationId: "The integration",
  webhookId: "The webhook",
  messageId: "The message",
  keyId: "The key's id, as it is signed in with",
  switchboardId: "The switchboard",
  switchboardIntegrationId: "The place at the switchboard",
};

const IDEMPOTENCY_KEY: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Your own name of this request: a repeat is answered and not done again",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" },
};

/** One operation of the specification. */
export function operationOf(route: ApiRoute, tag: string, schemas: JsonSchemas): Operation {
  const { example } = route;
  const answer: Media = { schema: schemas.of(route.response, "output") };
  if ("response" in example) answer.example = example.response;
  return {
    operationId: route.operation,
    summary: route.summary,
    description: `For keys of the scope ${route.scopes.join(", ")}.`,
    tags: [tag],
    parameters: [
      ...pathParameters(route.path),
      ...queryParameters(route, schemas),
      ...(route.idempotent ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(route.body && {
      requestBody: {
        required: !route.bodyOptional,
        content: { "application/json": { schema: schemas.of(route.body, "input"), example: example.body } },
      },
    }),
    ...(route.takesFile && { requestBody: { required: true, content: { "multipart/form-data": { schema: FILE } } } }),
    responses: {
      [route.status]: {
        description: route.status === 201 ? "Made" : "Done",
        content: { "application/json": answer },
      },
      ...refusals(route),
    },
  };
}

function pathParameters(path: string): Parameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    description: PATH_PARAMETERS[name] ?? "",
    schema: { type: "string" },
    example: (EXAMPLE_IDS as Record<string, string>)[name],
  }));
}

/** `page` and `filter` are objects in brackets: `page[size]=5`. */
function queryParameters({ query, example }: ApiRoute, schemas: JsonSchemas): Parameter[] {
  if (!query) return [];
  const { properties = {}, required = [] } = schemas.of(query, "input");
  const said = readQuery(new URLSearchParams(example.query));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(schema.type === "object" && { style: "deepObject", explode: true }),
    schema,
    ...(name in said && { example: said[name] }),
  }));
}

function refusals(route: ApiRoute): Operation["responses"] {
  const taking = route.body !== undefined || route.takesFile === true;
  const refused = "refusal" in route.example ? route.example.refusal : null;
  const told: Record<string, string> = {
    "400": "Something in the request cannot be meant; each entry names its field",
    "401": "No key, or not one that works",
    "403": "The key may not do this",
    "404": "Not there, or not this key's",
    ...(route.idempotent && { "409": "Another request was made under this Idempotency-Key" }),
    ...(taking && {
      "413": route.takesFile ? "The file has more than 25 MB" : "The body has more than 100 kB",
      "415": `The body is not ${route.takesFile ? "multipart/form-data, or not the file that it says" : "application/json"}`,
    }),
    "429": "Too many requests: again after the seconds of Retry-After",
    "503": "The desk is busy, or its database away: again after the seconds of Retry-After",
  };
  return Object.fromEntries(
    Object.entries(told).map(([status, description]) => [
      status,
      {
        description,
        content: {
          "application/json": {
            schema: { $ref: "#/components/schemas/Errors" },
            ...(refused?.status === Number(status) && {
              example: { errors: [{ code: refused.code, title: refused.title }] },
            }),
          },
        },
      },
    ]),
  );
}
