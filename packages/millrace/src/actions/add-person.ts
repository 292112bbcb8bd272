/** A person may sign in; the answer has the link that does so the first time. */
import { z } from "zod";
import { insertPerson } from "../access/people.ts";
import { ROLES } from "../access/roles.ts";
import { INVITATION_MINUTES, makeSignInPath } from "../access/sign-in-links.ts";
import { MillraceError } from "../base/errors.ts";
import { text } from "../events/define-event.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { operation } from "../operations/operation.ts";
import { invitation } from "../queries/people-views.ts";

export const personName = text(100)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@+-]*$/u, "is not of letters, digits and . _ @ + -")
  .describe("The log names them so: person:NAME.");
export const roleList = z.array(z.enum(ROLES)).min(1, "names no role").describe("admin, operations, sales, analyst.");

export const addPerson = operation({
  input: z.object({ name: personName, roles: roleList }),
  answer: invitation,
  run: async (context, { name, roles: given }) => {
    const roles = [...new Set(given)];
    const path = await commit(context, async (tx) => {
      if (!(await insertPerson(tx, { name, roles, by: context.by.id }))) throw isThere(name);
      await appendFacts(
        tx,
        [{ type: "person_added", data: { person: name, roles } }],
        context.by.id,
        context.clock.now(),
      );
      return makeSignInPath(tx, name, INVITATION_MINUTES);
    });
    return { name, roles, path };
  },
});

function isThere(name: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `A person is called "${name}" already. Nothing was done.`,
    next: `change what they are: \`millrace people roles ${name} sales\`; or send a new link: \`millrace people invite ${name}\`.`,
    field: "name",
  });
}
