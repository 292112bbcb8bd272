/** What a person may do is changed, at once and in every process. */
import { z } from "zod";
import { setRoles } from "../access/people.ts";
import { ROLES } from "../access/roles.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { roleList } from "./add-person.ts";
import { keepAnAdmin, knownPerson } from "./known-person.ts";

export const changeRoles = operation({
  input: z.object({ name, roles: roleList }),
  answer: z.object({ name: z.string(), roles: z.array(z.enum(ROLES)) }),
  run: async (context, { name, roles: given }) => {
    const roles = [...new Set(given)];
    await commit(context, async (tx) => {
      if (!roles.includes("admin")) await keepAnAdmin(tx, name);
      const { roles: from } = await knownPerson(tx, name);
      await setRoles(tx, name, roles);
      const data = { person: name, from: [...from], to: roles };
      await appendFacts(tx, [{ type: "person_changed", data }], context.by.id, context.clock.now());
    });
    return { name, roles };
  },
});
