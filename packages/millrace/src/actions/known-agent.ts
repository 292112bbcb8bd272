/** The name of an agent, checked: of this engine, one that another process had at work, or one that works outside with a key. */
import { listApiKeys } from "../access/api-keys.ts";
import { didYouMean, MillraceError } from "../base/errors.ts";
import type { DatabaseContext } from "../operations/context.ts";
import { listCircuits } from "../tasks/circuits.ts";

/** @throws MillraceError unknown_agent, with the nearest name. */
export async function checkAgent({ db, agents }: DatabaseContext, name: string): Promise<void> {
  const [circuits, keys] = await Promise.all([listCircuits(db), listApiKeys(db)]);
  const outside = keys.filter(({ scopes }) => scopes.includes("work"));
  const known = new Set([...agents, ...outside].map((one) => one.name).concat(circuits.map(({ agent }) => agent)));
  if (known.has(name)) return;
  const names = [...known].sort();
  throw new MillraceError("unknown_agent", {
    saw: `There is no agent "${name.slice(0, 200)}".${didYouMean(name, names)}`,
    next: `it is one of ${names.join(", ")}.`,
    field: "agent",
  });
}
