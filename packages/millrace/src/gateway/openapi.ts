/** The OpenAPI 3.1 document, made from the table of routes and the catalogue of events. */
import { z } from "zod";
import type { EventCatalogue } from "../events/catalogue.ts";
import { problem } from "./answers.ts";
import type { DeclaredAnswer, Route } from "./route.ts";

type Schema = object;

const PROBLEM = "application/problem+json";
const TAGS: Readonly<Record<string, string>> = {
  health: "Whether everything is well, and the agents that are stopped.",
  doors: "Where events come in.",
  log: "What happened.",
  why: "Why it happened.",
  contacts: "Whom it happened to.",
  tasks: "What is to be done, and the verbs of people.",
  mail: "Links in letters, leaving, and what comes back.",
  outcomes: "What left, what was told, and what could not be taken.",
  engine: "What runs.",
  house: "Signing in, health, metrics.",
};

export function openApiOf(routes: readonly Route[], catalogue: EventCatalogue, url: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Millrace",
      version: "0.1.0",
      description: "Events in, the right work done, every step explained. All times are milliseconds since 1970.",
    },
    servers: [{ url }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "The key in the data folder's file api-key." },
        session: { type: "apiKey", in: "cookie", name: "millrace", description: "Set by a sign-in link." },
        signature: { type: "apiKey", in: "header", name: "webhook-signature", description: "Standard Webhooks." },
      },
      schemas: { problem: schemaOf(problem, "output"), ...eventSchemas(catalogue) },
    },
  };
}

/** The data of each event type that may be sent, as `event.NAME`. */
function eventSchemas(catalogue: EventCatalogue): Record<string, Schema> {
  const open = catalogue.names().flatMap((name) => {
    const definition = catalogue.find(name);
    if (definition === undefined || definition.isInternal) return [];
    const example = definition.example === undefined ? {} : { examples: [definition.example] };
    return [
      [
        `event.${name}`,
        { description: definition.about, ...schemaOf(definition.schema, "input"), ...example },
      ] as const,
    ];
  });
  return Object.fromEntries(open);
}

function operationOf(route: Route): object {
  const parameters = [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")];
  return {
    operationId: operationIdOf(route),
    tags: [route.tag],
    summary: route.about,
    security: securityOf(route),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: requestBodyOf(route.body) }),
    responses: responsesOf(route),
  };
}

/** "POST /api/tasks/:id/claim" → "postApiTasksIdClaim" */
function operationIdOf({ method, path }: Route): string {
  const words = path.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  return [method.toLowerCase(), ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join("");
}

function securityOf({ access }: Route): object[] {
  if (access === "operator") return [{ apiKey: [] }, { session: [] }];
  return access === "signature" ? [{ signature: [] }] : [];
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): object[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Schema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: one,
  }));
}

function requestBodyOf(body: NonNullable<Route["body"]>): object {
  const schema = schemaOf(body.schema, "input");
  return {
    required: true,
    description: `At most ${body.limit / 1024} KiB.`,
    content: Object.fromEntries(body.types.map((type) => [type, { schema }])),
  };
}

function responsesOf(route: Route): object {
  const all: Record<string, DeclaredAnswer> = { ...commonAnswers(route), ...route.answers };
  return Object.fromEntries(Object.entries(all).map(([status, answer]) => [status, responseOf(answer)]));
}

/** Errors a route can have by what it is. */
function commonAnswers(route: Route): Record<string, DeclaredAnswer> {
  const hasInput = route.params !== undefined || route.query !== undefined || route.body !== undefined;
  const isOperators = route.access === "operator";
  const possible: readonly (readonly [status: string, about: string, isPossible: boolean])[] = [
    ["400", "The request is not as described.", hasInput],
    ["401", "No valid API key or session.", isOperators],
    ["403", "A page of another site asked.", isOperators && route.method === "POST"],
    ["413", "The body is too large.", route.body !== undefined],
    ["415", "The body is of another type.", route.body !== undefined],
    ["429", "Too many at once; Retry-After says how long to wait.", route.isRateLimited ?? false],
    ["503", "The database does not answer; try again.", true],
  ];
  return Object.fromEntries(
    possible.flatMap(([status, about, is]) => (is ? [[status, { about, schema: problem }] as const] : [])),
  );
}

function responseOf({ about, schema, type }: DeclaredAnswer): object {
  if (schema === undefined)
    return type === undefined
      ? { description: about }
      : { description: about, content: { [type]: { schema: { type: "string" } } } };
  if (schema === problem)
    return { description: about, content: { [PROBLEM]: { schema: { $ref: "#/components/schemas/problem" } } } };
  return { description: about, content: { [type ?? "application/json"]: { schema: schemaOf(schema, "output") } } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io,
    unrepresentable: "any",
    reused: "inline",
  }) as Record<string, unknown>;
  return rest;
}
