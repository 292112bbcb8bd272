/** Ends a session, or all of a person's, at once and in every process; the streams they have open end with them. */
import { z } from "zod";
import { deleteSessions } from "../access/people.ts";
import { MillraceError } from "../base/errors.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { id, name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";

export const endSessions = operation({
  input: z.object({
    id: id.optional().describe("The session's number."),
    name: name.optional().describe("In place of a number: all of this person's."),
  }),
  answer: z.object({ ended: z.array(z.number().int()) }),
  run: async (context, { id, name }) => {
    if ((id === undefined) === (name === undefined)) throw namesNotOne();
    const ended = await commit(context, async (tx) => {
      const gone = await deleteSessions(tx, id === undefined ? { person: name ?? "" } : { id });
      if (gone.length === 0) return [];
      const data = { person: gone[0]?.person ?? "", sessions: gone.map((one) => one.id) };
      await appendFacts(tx, [{ type: "sessions_ended", data }], context.by.id, context.clock.now());
      return data.sessions;
    });
    return { ended };
  },
});

function namesNotOne(): MillraceError {
  return new MillraceError("invalid_request", {
    saw: "It is not said which: a session by its id, or all of a person's. Nothing was done.",
    next: "give `id` or `name`; `millrace people sessions` lists them.",
    field: "id",
  });
}
