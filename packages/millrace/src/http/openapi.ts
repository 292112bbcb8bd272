/** The OpenAPI 3.1 document, made from the table of routes and the catalogue of events. */
import type { z } from "zod";
import type { EventCatalogue } from "../events/catalogue.ts";
import { jsonValue } from "../events/define-event.ts";
import type { AnyOperation } from "../operations/operation.ts";
import { namedViews } from "../queries/views.ts";
import { problem } from "./answers.ts";
import { byPerson, cloudEvent, plainEvent } from "./contract.ts";
import type { DeclaredAnswer, Route } from "./route.ts";
import { type JsonSchema, SchemaRegistry } from "./schema-registry.ts";

const PROBLEM = "application/problem+json";
const TAGS: Readonly<Record<string, string>> = {
  doors: "Where events come in.",
  log: "What happened.",
  why: "Why it happened.",
  contacts: "The people it happened to.",
  tasks: "What is to be done, and the verbs of people.",
  agents: "The agents that do tasks, and those that are stopped.",
  mail: "Links in e-mails, leaving, what comes back, and the switch.",
  outcomes: "What left, the alerts that were raised, and what could not be taken.",
  consumers: "Readers of the log, and what was set aside.",
  engine: "What runs.",
  keys: "What programs call with, and what each may do.",
  work: "Tasks of agents, done outside of the engine's process.",
  mcp: "The engine as a server of tools for models.",
  health: "Whether everything is well.",
  system: "Signing in, readiness, metrics, and these documents.",
};

/** As much of the document as the reference page reads. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: object;
  };
  readonly servers: readonly object[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly securitySchemes: object;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  };
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security: readonly object[];
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: OpenApiContent;
  readonly responses: Readonly<Record<string, OpenApiContent>>;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly description?: unknown;
  readonly schema: JsonSchema;
}

export interface OpenApiContent {
  /** Of a request: whether there must be a body. */
  readonly required?: boolean;
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>>;
}

/** One route with the schemas of its parts by name. */
interface Described {
  readonly route: Route;
  readonly operationId: string;
  /** Names of schemas in the registry; undefined: there is no such part. */
  readonly params: string | undefined;
  readonly query: string | undefined;
  readonly body: string | undefined;
  readonly answers: ReadonlyMap<string, string>;
  readonly example: Readonly<Record<string, unknown>>;
}

/** @param url the address of the gateway. @returns the document; the code of every operation is loaded for it. */
export async function openApiOf(
  routes: readonly Route[],
  catalogue: EventCatalogue,
  { url, version }: { readonly url: string; readonly version: string },
): Promise<OpenApiDocument> {
  const registry = new SchemaRegistry("#/components/schemas");
  registry.add("Json", jsonValue);
  registry.add("Problem", problem);
  registry.add("NewEvent", plainEvent);
  registry.add("CloudEvent", cloudEvent);
  for (const [name, schema] of Object.entries(namedViews)) registry.add(name, schema);
  const events = addEvents(catalogue, registry);
  const described = await Promise.all(routes.map((route) => describe(route, registry)));
  const schemas = withEventData(registry.schemas(), events.keys(), registry);
  const parameters = new Set(described.flatMap(({ params, query }) => [params ?? [], query ?? []].flat()));
  return {
    openapi: "3.1.0",
    info: {
      title: "Millrace",
      version,
      description: "Events in, the right work done, every step explained. All times are milliseconds since 1970.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: pathsOf(described, schemas, registry),
    components: {
      securitySchemes: {
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "A key of `millrace keys create`, with the scope x-scope names; or the data folder's file api-key.",
        },
        session: { type: "apiKey", in: "cookie", name: "millrace", description: "Set by a sign-in link." },
        signature: { type: "apiKey", in: "header", name: "webhook-signature", description: "Standard Webhooks." },
      },
      schemas: Object.fromEntries(
        Object.entries(schemas)
          .filter(([name]) => !parameters.has(name))
          .map(([name, schema]) => [name, { ...schema, ...events.get(name) }]),
      ),
    },
  };
}

/** The data of an event that is sent is that of one of the types: said by reference, so that clients know them. */
function withEventData(
  schemas: Record<string, JsonSchema>,
  types: Iterable<string>,
  registry: SchemaRegistry,
): Record<string, JsonSchema> {
  const { NewEvent: event } = schemas as { NewEvent?: JsonSchema & { properties?: Record<string, JsonSchema> } };
  if (event === undefined) return schemas;
  const data = { anyOf: [...types].map((name) => registry.ref(name)), description: "As the schema of the type says." };
  return { ...schemas, NewEvent: { ...event, properties: { ...event.properties, data } } };
}

/** The data of each event type that may be sent, as `event.NAME`. @returns what else is said of each. */
function addEvents(catalogue: EventCatalogue, registry: SchemaRegistry): ReadonlyMap<string, JsonSchema> {
  const open = catalogue.names().flatMap((name) => {
    const { schema, about, example, isInternal } = catalogue.get(name);
    if (isInternal) return [];
    const added = registry.add(`event.${name}`, schema);
    return [[added, { description: about, ...(example === undefined ? {} : { examples: [example] }) }] as const];
  });
  return new Map(open);
}

async function describe(route: Route, registry: SchemaRegistry): Promise<Described> {
  const operationId = operationIdOf(route);
  const { params, query, body, answer, example } = await partsOf(route);
  const name = operationId.charAt(0).toUpperCase() + operationId.slice(1);
  const add = (part: string, schema: z.ZodType | undefined) =>
    schema === undefined ? undefined : registry.add(`${name}${part}`, schema);
  const declaredAnswers: Record<string, DeclaredAnswer> = { ...commonAnswers(route), ...route.answers };
  const answers = Object.entries(declaredAnswers).flatMap(([status, declared]) => {
    const schema = status === "200" ? (answer ?? declared.schema) : declared.schema;
    return schema === undefined ? [] : [[status, registry.add(`${name}Answer`, schema)] as const];
  });
  return {
    route,
    operationId,
    params: add("Path", params),
    query: add("Query", query),
    body: add("Body", body),
    answers: new Map(answers),
    example,
  };
}

interface Parts {
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  readonly answer: z.ZodType | undefined;
  readonly example: Readonly<Record<string, unknown>>;
}

/** An operation's input is taken apart: fields named in the path, and the others in query or body. */
async function partsOf({ operation, path, method, params, query, body }: Route): Promise<Parts> {
  if (operation === undefined) return { params, query, body: body?.schema, answer: undefined, example: {} };
  const { input, answer }: AnyOperation = await operation.words.load();
  const inPath = Object.keys(input.shape).filter((name) => path.split("/").includes(`:${name}`));
  const inPathOnly = Object.fromEntries(inPath.map((name) => [name, true]));
  const rest = input.omit(inPathOnly).strict();
  const isRead = method === "GET";
  return {
    params: inPath.length === 0 ? undefined : input.pick(inPathOnly),
    query: isRead && Object.keys(rest.shape).length > 0 ? rest : undefined,
    body: isRead ? undefined : rest.extend(byPerson.shape),
    answer,
    example: Object.fromEntries(Object.entries(operation.words.example).filter(([name]) => !inPath.includes(name))),
  };
}

/** The name of an operation; else "POST /forms/:form" → "postFormsForm". */
function operationIdOf({ operation, method, path }: Route): string {
  if (operation !== undefined) return operation.name;
  const words = path.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  return [method.toLowerCase(), ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join("");
}

function pathsOf(
  described: readonly Described[],
  schemas: Readonly<Record<string, JsonSchema>>,
  registry: SchemaRegistry,
): OpenApiDocument["paths"] {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const one of described) {
    const path = one.route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [one.route.method.toLowerCase()]: operationOf(one, schemas, registry) };
  }
  return paths;
}

function operationOf(
  one: Described,
  schemas: Readonly<Record<string, JsonSchema>>,
  registry: SchemaRegistry,
): OpenApiOperation {
  const { route, operationId } = one;
  const parameters = [
    ...parametersOf(one.params === undefined ? undefined : schemas[one.params], "path"),
    ...parametersOf(one.query === undefined ? undefined : schemas[one.query], "query"),
  ];
  return {
    operationId,
    tags: [route.tag],
    summary: route.about,
    security: securityOf(route),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(one.body === undefined || route.body === undefined
      ? {}
      : { requestBody: requestBodyOf(route.body, one, registry.ref(one.body)) }),
    responses: responsesOf(one, registry),
    ...(route.operation === undefined ? {} : { "x-effect": route.operation.words.effect }),
    ...(route.scope === undefined ? {} : { "x-scope": route.scope }),
  };
}

function securityOf({ access }: Route): object[] {
  if (access === "operator") return [{ apiKey: [] }, { session: [] }];
  return access === "signature" ? [{ signature: [] }] : [];
}

function parametersOf(schema: JsonSchema | undefined, place: "path" | "query"): OpenApiParameter[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...one }]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: one,
  }));
}

function requestBodyOf(
  body: NonNullable<Route["body"]>,
  { route, example }: Described,
  schema: JsonSchema,
): OpenApiContent {
  const shown = route.operation === undefined ? {} : { example };
  return {
    required: route.operation === undefined,
    description: `At most ${body.limit / 1024} KiB.`,
    content: Object.fromEntries(body.types.map((type) => [type, { schema, ...shown }])),
  };
}

function responsesOf({ route, answers }: Described, registry: SchemaRegistry): OpenApiOperation["responses"] {
  const all: Record<string, DeclaredAnswer> = { ...commonAnswers(route), ...route.answers };
  return Object.fromEntries(
    Object.entries(all).map(([status, answer]) => [status, responseOf(answer, answers.get(status), registry)]),
  );
}

/** Errors a route can have by what it is. */
function commonAnswers(route: Route): Record<string, DeclaredAnswer> {
  const hasInput = [route.params, route.query, route.body, route.operation].some((part) => part !== undefined);
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

function responseOf(
  { about, type }: DeclaredAnswer,
  name: string | undefined,
  registry: SchemaRegistry,
): OpenApiContent {
  if (name === undefined)
    return type === undefined
      ? { description: about }
      : { description: about, content: { [type]: { schema: { type: "string" } } } };
  const media = type ?? (name === "Problem" ? PROBLEM : "application/json");
  return { description: about, content: { [media]: { schema: registry.ref(name) } } };
}
