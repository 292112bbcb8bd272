/** Does mail leave, and how much waits? */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { readMailSwitch } from "../outreach/mail-switch.ts";
import { mailState } from "./views.ts";

export const mail = operation({
  input: z.object({}),
  answer: mailState,
  run: ({ db }) => readMailSwitch(db),
});
