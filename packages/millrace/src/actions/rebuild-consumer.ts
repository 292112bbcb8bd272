/** Empties what a consumer has built and lets it read the log from the start. Nothing outside happens again. */
import { z } from "zod";
import { rebuildConsumer as rebuild } from "../consumers/rebuild.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";

export const rebuildConsumer = operation({
  input: z.object({ consumer: name }),
  answer: z.object({ ok: z.literal(true), name: z.string(), rebuilding: z.literal(true) }),
  run: async (context, { consumer }) => {
    const { by, clock, consumers, changed } = context;
    await commit(context, async (tx) => {
      await rebuild(tx, consumers, consumer);
      await appendFacts(tx, [{ type: "consumer_rebuilt", data: { consumer } }], by.id, clock.now());
    });
    await changed("consumers");
    return { ok: true as const, name: consumer, rebuilding: true as const };
  },
});
