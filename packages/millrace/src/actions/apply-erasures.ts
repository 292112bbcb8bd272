/** Erases again who a restored backup brought back, by the list kept beside the backups. Applying it twice is harmless. */
import { z } from "zod";
import { engineOperation } from "../operations/operation.ts";
import { applyErasures as apply, erasureEntry } from "../privacy/erasure-list.ts";

export const applyErasures = engineOperation({
  input: z.object({ entries: z.array(erasureEntry) }),
  answer: z.object({
    erased: z.array(z.string()).meta({ description: "Contacts that were here again, and are erased now." }),
    suppressed: z.int().meta({ description: "Names that are recognised from now on." }),
  }),
  run: ({ clock, by, erasure }, { entries }) => apply(erasure, entries, { actor: by.id, now: clock.now() }),
});
