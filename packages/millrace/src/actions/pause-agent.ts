/** Stops an agent in every process until it is resumed. Its tasks wait and use up no attempt. */
import { z } from "zod";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { name, reason } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { pauseAgent as pause } from "../tasks/circuits.ts";
import { checkAgent } from "./known-agent.ts";

export const pauseAgent = operation({
  input: z.object({ agent: name, reason }),
  answer: z.object({ ok: z.literal(true), agent: z.string(), state: z.literal("stopped") }),
  run: async (context, { agent, reason }) => {
    await checkAgent(context, agent);
    const { by, clock, changed } = context;
    const now = clock.now();
    const fact = { type: "agent_paused", data: { agent, ...(reason === undefined ? {} : { reason }) } } as const;
    await commit(context, async (tx) => {
      await pause(tx, { agent, by: by.name, reason, now });
      await appendFacts(tx, [fact], by.id, now);
    });
    await changed("agents");
    return { ok: true as const, agent, state: "stopped" as const };
  },
});
