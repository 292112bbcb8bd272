/** A new link that signs a person in, once, within 24 hours: for who lost the first one, or their password. */
import { z } from "zod";
import { INVITATION_MINUTES, makeSignInPath } from "../access/sign-in-links.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { invitation } from "../queries/people-views.ts";
import { knownPerson } from "./known-person.ts";

export const invitePerson = operation({
  input: z.object({ name }),
  answer: invitation,
  run: (context, { name }) =>
    commit(context, async (tx) => {
      const { roles } = await knownPerson(tx, name);
      await appendFacts(tx, [{ type: "person_invited", data: { person: name } }], context.by.id, context.clock.now());
      return { name, roles: [...roles], path: await makeSignInPath(tx, name, INVITATION_MINUTES) };
    }),
});
