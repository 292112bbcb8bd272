/** What agents and people do with the tasks of a simulated engine: real pure agents where there are some, else by the seed and the task alone. */
import type { CascadeRules } from "../../packages/millrace/src/decider/cascade-unit.ts";
import type { Outcome } from "../../packages/millrace/src/tasks/handler.ts";
import { checkedOutcomes } from "../../packages/millrace/src/tasks/outcome.ts";
import type { OpenRow, Store } from "./store.ts";

export interface Done {
  readonly task: OpenRow;
  readonly handler: string;
  readonly outcome: Outcome;
}

/** From 0 up to 1 by a text: the same in whatever order tasks are done. */
export function chanceOf(text: string): number {
  let hash = 2_166_136_261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

const byName = (a: OpenRow, b: OpenRow) => (`${a.contact}\n${a.mergeKey}` < `${b.contact}\n${b.mergeKey}` ? -1 : 1);

/** Tasks that agents may begin now, all of one contact together. */
export function dueTasks(store: Store, rules: CascadeRules, now: number): readonly (readonly OpenRow[])[] {
  const due = [...store.open.values()].filter(({ kind, state, notBefore }) => {
    if (rules.tasks.catalogue.find(kind)?.isHuman !== false) return false;
    return state === "NOT_STARTED" || (notBefore !== null && notBefore <= now);
  });
  return [...Map.groupBy(due.sort(byName), ({ contact }) => contact).values()];
}

export function work(tasks: readonly OpenRow[], store: Store, rules: CascadeRules, now: number, seed: number): Done[] {
  return tasks.map((task) => {
    const { id, kind, payload, attempt, root, createdAt } = task;
    if (task.staleAt !== null && task.staleAt < now) {
      return { task, handler: "worker", outcome: { outcome: "cancelled", reason: "stale" } };
    }
    const agent = rules.pureHandlers.get(kind);
    if (agent === undefined) return { task, handler: "stranger", outcome: byChance(task, seed, now) };
    const contact = task.contact === null ? undefined : store.contacts.get(task.contact);
    const input = { id, kind, payload, contact, attempt: attempt + 1, root, createdAt };
    const [outcome] = checkedOutcomes(agent.name, agent.run([input], { now }), 1, rules.catalogue);
    return { task, handler: agent.name, outcome: outcome ?? { outcome: "failed", error: "none", retry: "never" } };
  });
}

function byChance({ contact, kind, attempt }: OpenRow, seed: number, now: number): Outcome {
  const chance = chanceOf(`${seed} ${contact} ${kind} ${attempt} ${now}`);
  if (chance < 0.55) return { outcome: "completed", result: { done: true } };
  if (chance < 0.75) return { outcome: "failed", error: "It did not work.", retry: "later" };
  if (chance < 0.82) return { outcome: "failed", error: "Later.", retry: "wait", afterMs: 60_000 };
  if (chance < 0.88) return { outcome: "failed", error: "It never will.", retry: "never" };
  if (chance < 0.94) return { outcome: "snoozed", forMs: 3_600_000 };
  return { outcome: "cancelled", reason: "It is not wanted any more." };
}

/** What a person ends now, if anything. */
export function endedByPerson(store: Store, rules: CascadeRules, now: number, seed: number): OpenRow[] {
  return [...store.open.values()].sort(byName).filter(({ kind, contact }) => {
    const isHuman = rules.tasks.catalogue.find(kind)?.isHuman === true;
    return isHuman && chanceOf(`${seed} person ${contact} ${kind} ${now}`) < 0.3;
  });
}
