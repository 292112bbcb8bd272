/** The filters the one who asks has kept, by screen. */
import { z } from "zod";
import { listViews, type SavedView, VIEW_SCREENS } from "../access/saved-views.ts";
import { operation } from "../operations/operation.ts";

export const savedView = z.object({
  screen: z.enum(VIEW_SCREENS),
  name: z.string(),
  search: z.string().describe("What stands behind the question mark of the console's address."),
  savedAt: z.number().describe("Milliseconds since 1970."),
}) satisfies z.ZodType<SavedView>;

export const savedViews = operation({
  input: z.object({}),
  answer: z.object({ views: z.array(savedView) }),
  run: async ({ db, by }) => ({ views: await listViews(db, by.id) }),
});
