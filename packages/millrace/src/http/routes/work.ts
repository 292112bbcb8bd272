/** Tasks of agents, done outside of this process and in any language: claimed, held and finished as by an agent inside. */
import { once } from "node:events";
import { MillraceError } from "../../base/errors.ts";
import type { EngineHandle } from "../../engine/engine-handle.ts";
import type { TaskKind } from "../../tasks/catalogue.ts";
import { checkedOutcomes } from "../../tasks/outcome.ts";
import {
  claimWaiting,
  finishOutside,
  type OutsideParts,
  type ResultOutside,
  renewOutside,
  type TaskOutside,
} from "../../tasks/outside.ts";
import { findWork, type WorkRow } from "../../tasks/outside-rows.ts";
import type { Caller } from "../access.ts";
import { problem } from "../answers.ts";
import { Problem } from "../problem.ts";
import { route } from "../route.ts";
import {
  claimBody,
  claimedAnswer,
  type FinishBody,
  finishBody,
  finishedAnswer,
  renewBody,
  renewedAnswer,
} from "../work-contract.ts";

const access = { method: "POST", access: "operator", scope: "work", tag: "work" } as const;
const types = ["application/json"] as const;
const FORBIDDEN = { about: "The key may not work on that kind, or is a person's session.", schema: problem };

export const workRoutes = [
  route({
    ...access,
    path: "/api/work/claim",
    about:
      "Claims tasks of agents that are due, most urgent first; with waitMs, waits for one. Each is leased and fenced.",
    body: { types, limit: 64 * 1024, schema: claimBody, read: "json" },
    answers: {
      200: { about: "Tasks, in progress now. None: nothing was due.", schema: claimedAnswer },
      403: FORBIDDEN,
    },
    handle: async ({ engine, body, caller, request }) => {
      const agent = agentOf(caller);
      const kinds = kindsOf(caller, body.kinds, engine);
      const gone = new AbortController();
      const socket = request.raw.socket;
      void once(socket, "close", { signal: gone.signal }).then(
        () => gone.abort(),
        () => {},
      );
      const asked = { ...body, agent, kinds };
      try {
        const tasks = await claimWaiting(partsOf(engine), asked, body.waitMs, gone.signal);
        const isStopped = tasks.length === 0 && engine.circuits.isStopped(agent);
        return { json: { tasks: tasks.map((one) => shown(one, engine)), leaseMs: body.leaseMs, isStopped } };
      } finally {
        gone.abort();
      }
    },
  }),
  route({
    ...access,
    path: "/api/work/renew",
    about: "Says that the agent is alive and still at these tasks.",
    body: { types, limit: 64 * 1024, schema: renewBody, read: "json" },
    answers: { 200: { about: "Which are still held.", schema: renewedAnswer } },
    handle: async ({ engine, body, caller }) => {
      const still = await renewOutside(engine, agentOf(caller), body.tasks, body.leaseMs);
      const ids = body.tasks.map(({ id }) => id);
      return { json: { held: ids.filter((id) => still.has(id)), lost: ids.filter((id) => !still.has(id)) } };
    },
  }),
  route({
    ...access,
    path: "/api/work/finish",
    about: "Says what came of tasks, of each once; a failure is an outcome too. What comes too late changes nothing.",
    body: { types, limit: 1024 * 1024, schema: finishBody, read: "json" },
    answers: {
      200: { about: "What became of each result.", schema: finishedAnswer },
      400: { about: "An outcome that could not be kept; nothing was written.", schema: problem },
      403: FORBIDDEN,
    },
    handle: async ({ engine, body, caller }) => {
      const agent = agentOf(caller);
      const rows = await findWork(
        engine.db,
        body.results.map(({ id }) => id),
      );
      const results = checkedResults(engine, caller, body, rows);
      const fates = await finishOutside(partsOf(engine), agent, results, rows);
      return { json: { results: results.map(({ id }, i) => ({ id, state: fates[i] })) } };
    },
  }),
];

function partsOf({ db, clock, wakeUps, work, circuits, results }: EngineHandle): OutsideParts {
  return { db, clock, wakeUps, rules: work, circuits, decider: results };
}

/** An agent is known by the name of its key. */
function agentOf({ by, person }: Caller): string {
  if (by === "api key") return person;
  throw new Problem("forbidden", {
    saw: "A person's session does not do the work of agents. Nothing was done.",
    next: "make a key for the agent: `millrace keys create NAME --scopes work`.",
  });
}

/** @throws Problem forbidden for a kind the key is not for; MillraceError unknown_task_kind, invalid_request. */
function kindsOf(caller: Caller, wanted: readonly string[] | undefined, { tasks }: EngineHandle): readonly string[] {
  const kinds = wanted ?? caller.rights.kinds;
  if (kinds === undefined) {
    throw new MillraceError("invalid_request", {
      saw: "kinds: it is not said which tasks are meant, and the key is for every kind.",
      next: "name the kinds, or use a key made with --kinds.",
      field: "kinds",
    });
  }
  for (const kind of new Set(kinds)) {
    checkKind(caller, kind, "kinds");
    if (tasks.get(kind).isHuman) {
      throw new MillraceError("invalid_request", {
        saw: `kinds: "${kind}" is for people (${tasks.get(kind).doneBy}).`,
        next: "claim it for a person: POST /api/tasks/:id/claim.",
        field: "kinds",
      });
    }
  }
  return [...new Set(kinds)];
}

function checkKind({ rights, person }: Caller, kind: string, field: string): void {
  if (rights.kinds === undefined || rights.kinds.includes(kind)) return;
  throw new Problem("forbidden", {
    saw: `The API key "${person}" is not for tasks of the kind "${kind}". Nothing was done.`,
    expected: rights.kinds.join(" or "),
    next: `use a key that is: \`millrace keys create NAME --scopes work --kinds ${kind}\`.`,
    field,
  });
}

function shown({ task, contact }: TaskOutside, { tasks }: EngineHandle) {
  const { id, kind, payload, attempt, fence, root, createdAt } = task;
  const about = contact === undefined ? null : { id: contact.id, properties: contact.properties, facts: contact.facts };
  return { id, kind, payload, contact: about, attempt, fence, root, createdAt, timeoutMs: tasks.get(kind).timeoutMs };
}

/** What an agent inside would get as a failure of its task is refused here, so that it can be mended. */
function checkedResults(
  engine: EngineHandle,
  caller: Caller,
  { results }: FinishBody,
  rows: ReadonlyMap<number, WorkRow>,
): ResultOutside[] {
  return results.map((result, i) => {
    const at = `results.${i}.outcome`;
    const kind = rows.get(result.id)?.kind;
    if (kind !== undefined) {
      checkKind(caller, kind, `results.${i}.id`);
      checkEffects(engine, kind, result.outcome, at);
    }
    const [checked] = checkedOutcomes(caller.person, [result.outcome], 1, engine.events);
    if (checked?.outcome === "failed" && result.outcome.outcome !== "failed") throw notKept(checked.error, at);
    return { ...result, outcome: checked ?? result.outcome };
  });
}

/** Facts and tasks are those the kind declares, and events that any program may send. */
function checkEffects(
  engine: EngineHandle,
  kind: string,
  outcome: FinishBody["results"][number]["outcome"],
  at: string,
): void {
  if (outcome.outcome !== "completed") return;
  const declared = engine.tasks.find(kind);
  const { emits = [], asks = [] }: Partial<Pick<TaskKind, "emits" | "asks">> = declared ?? {};
  for (const [i, { type }] of (outcome.events ?? []).entries()) {
    const isOpen = engine.events.find(type)?.isInternal === false;
    if (!isOpen && !emits.includes(type)) throw notDeclared("emits", type, kind, `${at}.events.${i}.type`);
  }
  for (const [i, request] of (outcome.tasks ?? []).entries()) {
    if (!asks.includes(request.kind)) throw notDeclared("asks", request.kind, kind, `${at}.tasks.${i}.kind`);
  }
}

function notDeclared(list: "emits" | "asks", name: string, kind: string, field: string): MillraceError {
  const what = list === "emits" ? "states an event" : "asks for a task";
  return new MillraceError("invalid_request", {
    saw: `${field}: a task of the kind "${kind}" ${what} "${name}" that its kind does not declare. Nothing was written.`,
    next: `add it to \`${list}\` of the kind in millrace.config.ts, or leave it out.`,
    field,
  });
}

function notKept(why: string, field: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `${field}: ${why} Nothing was written.`,
    next: `correct ${field}; /openapi.json describes it.`,
    field,
  });
}
