/** Lets a stopped agent work again, whoever stopped it. */
import { z } from "zod";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { resumeAgent as resume } from "../tasks/circuits.ts";
import { checkAgent } from "./known-agent.ts";

export const resumeAgent = operation({
  input: z.object({ agent: name }),
  answer: z.object({
    ok: z.literal(true),
    agent: z.string(),
    state: z.literal("working"),
    wasStopped: z.boolean(),
  }),
  run: async (context, { agent }) => {
    await checkAgent(context, agent);
    const { by, clock, changed } = context;
    const now = clock.now();
    const wasStopped = await commit(context, async (tx) => {
      const did = await resume(tx, { agent, by: by.name, now });
      if (did) await appendFacts(tx, [{ type: "agent_resumed", data: { agent } }], by.id, now);
      return did;
    });
    await changed("agents");
    return { ok: true as const, agent, state: "working" as const, wasStopped };
  },
});
