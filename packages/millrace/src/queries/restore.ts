/** Is what leaves kept in, because the database was restored or copied, and what waits? */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { readRestoreState } from "./rows/restore.ts";
import { restoreState } from "./views.ts";

export const restore = operation({
  input: z.object({}),
  answer: restoreState,
  run: ({ db }) => readRestoreState(db),
});
