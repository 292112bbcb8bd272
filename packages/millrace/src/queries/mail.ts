/** Does mail leave, and how much waits? */
import { z } from "zod";
import { readMailSwitch } from "../email/policy/mail-switch.ts";
import { operation } from "../operations/operation.ts";
import { mailState } from "./views.ts";

export const mail = operation({
  input: z.object({}),
  answer: mailState,
  run: ({ db }) => readMailSwitch(db),
});
