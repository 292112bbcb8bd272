/** A person may not sign in any more; their sessions and streams end at once, in every process. What they did stays on record. */
import { z } from "zod";
import { removePerson as remove } from "../access/people.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { keepAnAdmin, knownPerson } from "./known-person.ts";

export const removePerson = operation({
  input: z.object({ name }),
  answer: z.object({ ok: z.literal(true) }),
  run: async (context, { name }) => {
    await commit(context, async (tx) => {
      const { roles } = await knownPerson(tx, name);
      if (roles.includes("admin")) await keepAnAdmin(tx, name);
      await remove(tx, name);
      await appendFacts(tx, [{ type: "person_removed", data: { person: name } }], context.by.id, context.clock.now());
    });
    return { ok: true as const };
  },
});
