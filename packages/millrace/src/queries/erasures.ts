/** The erasures, to keep outside of the database: ids of ours and keyed hashes, nothing that names a person. */
import { z } from "zod";
import { operation } from "../operations/operation.ts";
import { erasureEntry, listErasures } from "../privacy/erasure-list.ts";

export const erasures = operation({
  input: z.object({}),
  answer: z.object({ erasures: z.array(erasureEntry) }),
  run: async ({ db }) => ({ erasures: await listErasures(db) }),
});
