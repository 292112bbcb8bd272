/** The routes of all operations, made from their table: path and query are read as texts, the body as JSON, and who asks from the session or the key. */
import { operations } from "../actions/operations.ts";
import type { Actor } from "../events/actor.ts";
import type { OperationWords } from "../operations/operation.ts";
import { needOf } from "../operations/rights.ts";
import { ask } from "../operations/surface.ts";
import { fromTexts } from "../operations/texts.ts";
import { actorOfCaller, type Caller } from "./access.ts";
import { problem } from "./answers.ts";
import { parseJson } from "./body.ts";
import { byPerson } from "./contract.ts";
import { Problem, statusOf } from "./problem.ts";
import type { Answer, Call, DeclaredAnswer, Route } from "./route.ts";

const MAX_BODY = 64 * 1024;

export const operationRoutes: readonly Route[] = Object.entries(operations).map(([name, words]) =>
  routeOf(name, words),
);

function routeOf(name: string, words: OperationWords): Route {
  const { method, path } = words.http;
  return {
    method,
    path,
    access: "operator",
    scope: needOf(words),
    roles: words.roles,
    tag: words.tag,
    about: words.summary,
    operation: { name, words },
    ...(method === "POST"
      ? { body: { types: ["application/json"], limit: MAX_BODY, schema: byPerson, read: "raw" } }
      : {}),
    answers: { 200: { about: words.answers }, ...errorsOf(words) },
    handle: (call) => answer(call, words),
  };
}

/** Codes of one status are one answer. */
function errorsOf({ errors = [] }: OperationWords): Record<number, DeclaredAnswer> {
  const byStatus = Map.groupBy(errors, statusOf);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { about: `${codes.join(", ")}.`, schema: problem }]),
  );
}

async function answer(call: Call<Texts, Texts, unknown>, words: OperationWords): Promise<Answer> {
  const { input } = await words.load();
  const { person, ...body } = words.http.method === "POST" ? bodyOf(call.raw) : {};
  const given = { ...body, ...fromTexts(input, { ...call.query, ...call.params }) };
  const by = actorFor(call.caller, person);
  return { json: await ask(words, (actor) => call.engine.contextFor(actor), given, by) };
}

type Texts = Readonly<Record<string, unknown>>;

function bodyOf(raw: Buffer): Record<string, unknown> {
  const body = raw.length === 0 ? {} : parseJson(raw);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw new Problem("invalid_request", {
    saw: "The body is not a JSON object. Nothing was done.",
    next: "send an object; /openapi.json describes it.",
    field: "body",
  });
}

function actorFor(caller: Caller, person: unknown): Actor {
  const named = byPerson.safeParse(person === undefined ? {} : { person });
  if (!named.success) {
    throw new Problem("invalid_request", {
      saw: `person: ${named.error.issues[0]?.message}. Nothing was done.`,
      next: "send a name of at most 200 characters, or leave it out.",
      field: "person",
    });
  }
  return actorOfCaller(caller, named.data.person);
}
