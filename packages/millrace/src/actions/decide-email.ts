/** A person's word on an e-mail of which it is unknown whether it left: it arrived, or it is to be sent again. */
import { z } from "zod";
import { commit } from "../operations/commit.ts";
import { id } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { decideUnknownEmail } from "../tasks/unknown-emails.ts";

export const decideEmail = operation({
  input: z.object({ id: id.describe("The e-mail's number."), verdict: z.enum(["arrived", "send_again"]) }),
  answer: z.object({
    id: z.number().int(),
    verdict: z.enum(["arrived", "send_again"]),
    task: z.number().int().describe("The task that is done, or runs again."),
  }),
  run: async (context, { id, verdict }) => {
    const { by, clock, work } = context;
    const task = await commit(context, (tx) => decideUnknownEmail(tx, id, verdict, by, clock.now(), work));
    return { id, verdict, task };
  },
});
