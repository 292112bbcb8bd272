/** Who may sign in, and as what. */
import { z } from "zod";
import { listPeople } from "../access/people.ts";
import { operation } from "../operations/operation.ts";
import { personView } from "./people-views.ts";

export const people = operation({
  input: z.object({}),
  answer: z.object({ people: z.array(personView) }),
  run: async ({ db }) => ({ people: await listPeople(db) }),
});
