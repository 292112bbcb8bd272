/** Who does which kind of task, and who is stopped. Pure agents run inside the decision. */
import { z } from "zod";
import type { AgentWords, DatabaseContext } from "../operations/context.ts";
import { operation } from "../operations/operation.ts";
import type { TaskKind } from "../tasks/catalogue.ts";
import { type AgentHealth, readHealth } from "./rows/health.ts";
import { agentView } from "./views.ts";

export const agents = operation({
  input: z.object({}),
  answer: z.object({ agents: z.array(agentView) }),
  run: async (context) => {
    const { agents: known } = await readHealth(context.db, undefined);
    const names = [
      ...new Set([...context.agents, ...known.map(({ agent }) => ({ name: agent }))].map(({ name }) => name)),
    ];
    return { agents: names.sort().map((name) => agentOf(name, context, known)) };
  },
});

export interface AgentSummary
  extends Pick<AgentHealth, "state" | "reason" | "retryAt" | "completed" | "failed">,
    Pick<AgentWords, "name" | "isPure"> {
  readonly kinds: readonly Pick<TaskKind, "kind" | "about" | "priority" | "dueInMs">[];
  readonly concurrency?: number | undefined;
}

function agentOf(name: string, { agents, work }: DatabaseContext, known: readonly AgentHealth[]): AgentSummary {
  const { kinds = [], isPure = false, concurrency } = agents.find((one) => one.name === name) ?? {};
  const health = known.find(({ agent }) => agent === name);
  return {
    name,
    kinds: kinds.flatMap((kind) => {
      const found = work.tasks.catalogue.find(kind);
      return found === undefined
        ? []
        : [{ kind, about: found.about, priority: found.priority, dueInMs: found.dueInMs }];
    }),
    isPure,
    concurrency,
    state: health?.state ?? "working",
    reason: health?.reason ?? null,
    retryAt: health?.retryAt ?? null,
    completed: health?.completed ?? 0,
    failed: health?.failed ?? 0,
  };
}
