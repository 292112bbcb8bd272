/** What came in by mail, newest first: taken, ignored or unreadable, and why. */
import { z } from "zod";
import { before, limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { listInbound } from "./rows/inbound.ts";
import { inboundView } from "./views.ts";

export const inbox = operation({
  input: z.object({ state: z.enum(["taken", "ignored", "unreadable"]).optional(), before, limit }),
  answer: z.object({ inbox: z.array(inboundView) }),
  run: async ({ db }, filter) => ({ inbox: await listInbound(db, filter) }),
});
