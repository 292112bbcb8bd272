/** What the CRM sent and the engine could not read, newest first. */
import { z } from "zod";
import { listSetAside } from "../crm/hubspot/inbound/incoming-rows.ts";
import { limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";

const setAsideView = z.object({
  id: z.int(),
  receivedAt: z.number().meta({ description: "Milliseconds since the epoch." }),
  error: z.string(),
  raw: z.string().meta({ description: "As it came." }),
});

export const crmSetAside = operation({
  input: z.object({ limit }),
  answer: z.object({ setAside: z.array(setAsideView) }),
  run: async ({ db }, { limit: most }) => ({ setAside: await listSetAside(db, most) }),
});
