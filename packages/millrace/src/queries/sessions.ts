/** Who is signed in, since when, how, and by which browser. */
import { z } from "zod";
import { listSessions } from "../access/people.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { sessionView } from "./people-views.ts";

export const sessions = operation({
  input: z.object({ person: name.optional().describe("Only of this person.") }),
  answer: z.object({ sessions: z.array(sessionView) }),
  run: async ({ db }, { person }) => ({ sessions: await listSessions(db, person) }),
});
