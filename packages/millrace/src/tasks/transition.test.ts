/** What becomes of a task: given what ended, when, and what was allowed, then its next state and the fact about it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Outcome } from "./handler.ts";
import { defaultRetryPolicy } from "./retry.ts";
import { TASK_STATES, type TaskState } from "./task.ts";
import { type Lost, type PersonsVerb, type Refusal, refusalOf, type Transition, transition } from "./transition.ts";

const NOW = 1_000_000;
/** Its place in the jitter is 0: delays are whole. */
const task = (attempt: number) => ({ id: 97 - (((attempt - 1) * 31) % 97), kind: "enrich_data", attempt });
const FACT = { task: 97, kind: "enrich_data", attempt: 1 };

const triedAgain = (retries: number) => ({
  retry: defaultRetryPolicy,
  tasks: { catalogue: { find: () => ({ retries }) } },
});

type Given = readonly [given: string, attempt: number, end: Outcome | Lost, then: Partial<Transition>];

const AT_WORK: readonly Given[] = [
  [
    "done",
    1,
    { outcome: "completed" },
    { to: "COMPLETED", error: null, fact: { type: "task_completed", data: { ...FACT, by: "enricher" } } },
  ],
  [
    "done with a result",
    1,
    { outcome: "completed", result: { pages: 2 } },
    {
      to: "COMPLETED",
      result: { pages: 2 },
      fact: { type: "task_completed", data: { ...FACT, by: "enricher", result: { pages: 2 } } },
    },
  ],
  [
    "called off",
    1,
    { outcome: "cancelled", reason: "opted out" },
    {
      to: "CANCELLED",
      error: "opted out",
      fact: { type: "task_cancelled", data: { ...FACT, reason: "opted out" } },
    },
  ],
  [
    "only a person can say",
    2,
    { outcome: "waiting", reason: "which Ada?" },
    { to: "WAITING", error: "which Ada?", notBefore: null, attempt: 2 },
  ],
  [
    "put off: the attempt does not count",
    2,
    { outcome: "snoozed", forMs: 5_000 },
    { to: "WAITING", error: null, notBefore: NOW + 5_000, attempt: 1 },
  ],
  [
    "failed, the first of three tries",
    1,
    { outcome: "failed", error: "down", retry: "later" },
    {
      to: "WAITING",
      error: "down",
      notBefore: NOW + 30_000,
      attempt: 1,
      fact: { type: "task_failed", data: { ...FACT, error: "down", retry: "scheduled", retryAt: NOW + 30_000 } },
    },
  ],
  [
    "failed again: the delay doubles",
    2,
    { outcome: "failed", error: "down", retry: "later" },
    { to: "WAITING", notBefore: NOW + 60_000, attempt: 2 },
  ],
  [
    "failed once more than it is tried",
    4,
    { outcome: "failed", error: "down", retry: "later" },
    { to: "FAILED", error: "down", notBefore: null },
  ],
  [
    "failed as it always will",
    1,
    { outcome: "failed", error: "no address", retry: "never" },
    {
      to: "FAILED",
      error: "no address",
      fact: { type: "task_failed", data: { ...FACT, error: "no address", retry: "never" } },
    },
  ],
  [
    "asked to be patient: the attempt does not count, not even the last",
    4,
    { outcome: "failed", error: "429", retry: "wait", afterMs: 9_000 },
    { to: "WAITING", error: "429", notBefore: NOW + 9_000, attempt: 3 },
  ],
  [
    "asked to be patient without saying how long",
    1,
    { outcome: "failed", error: "busy", retry: "wait" },
    { to: "WAITING", notBefore: NOW + 30_000, attempt: 0 },
  ],
  [
    "lost with its worker",
    3,
    { outcome: "lost", error: "Worker w went silent." },
    { to: "NOT_STARTED", error: null, attempt: 3 },
  ],
  [
    "lost for the last time",
    4,
    { outcome: "lost", error: "Worker w went silent." },
    { to: "FAILED", error: "Worker w went silent." },
  ],
];

describe("an attempt that ended", () => {
  for (const [given, attempt, end, then] of AT_WORK) {
    it(`${given}: ${then.to}`, () => {
      const rules = triedAgain(3);
      const next = transition(task(attempt), end, { from: "IN_PROGRESS", by: "enricher", now: NOW, rules });
      assert.deepEqual({ ...next, ...then }, next);
    });
  }

  it("keeps of an error what a row should hold", () => {
    const end = { outcome: "failed", error: "x".repeat(9_000), retry: "never" } as const;
    const rules = triedAgain(0);
    const { fact } = transition(task(1), end, { from: "NOT_STARTED", by: "enricher", now: NOW, rules });
    assert.equal((fact.data as { error: string }).error.length, 2_048);
  });

  it("of tasks that failed together comes back at another moment for each, and for each always at the same", () => {
    const end = { outcome: "failed", error: "down", retry: "later" } as const;
    const rules = triedAgain(3);
    const at = (id: number) =>
      transition({ id, kind: "k", attempt: 1 }, end, { from: "IN_PROGRESS", by: "a", now: NOW, rules }).notBefore;
    const moments = Array.from({ length: 50 }, (_, i) => at(i));
    assert.ok(new Set(moments).size > 40);
    assert.deepEqual(
      moments,
      Array.from({ length: 50 }, (_, i) => at(i)),
    );
  });
});

/** By state: what a person is refused where they do not hold it, and where they do. Others may be done. */
const REFUSED: Partial<Record<TaskState, readonly (readonly [PersonsVerb, Refusal, Refusal | undefined])[]>> = {
  NOT_STARTED: [
    ["claim", "agents own", "agents own"],
    ["hand over", "agents own", "agents own"],
    ["give back", "agents own", "agents own"],
    ["snooze", "agents own", "agents own"],
  ],
  IN_PROGRESS: [
    ["claim", "held", undefined],
    ["hand over", "held", undefined],
    ["give back", "held", undefined],
    ["snooze", "held", undefined],
    ["complete", "held", undefined],
  ],
};
const VERBS: readonly PersonsVerb[] = ["claim", "hand over", "give back", "snooze", "complete", "cancel"];

describe("what a person may do with a task", () => {
  for (const state of TASK_STATES.slice(0, 3)) {
    for (const verb of VERBS) {
      const [, others, own] = REFUSED[state]?.find(([refused]) => refused === verb) ?? [];
      it(`${state}: ${verb}, ${others ?? "may"} and of their own ${own ?? "may"}`, () => {
        assert.deepEqual([refusalOf(verb, state, false), refusalOf(verb, state, true)], [others, own]);
      });
    }
  }
});
