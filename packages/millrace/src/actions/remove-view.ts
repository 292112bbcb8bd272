/** Removes filters that the one who asks has kept. */
import { z } from "zod";
import { deleteView } from "../access/saved-views.ts";
import { MillraceError } from "../base/errors.ts";
import { operation } from "../operations/operation.ts";
import { viewName, viewScreen } from "./save-view.ts";

export const removeView = operation({
  input: z.object({ screen: viewScreen, name: viewName }),
  answer: z.object({ ok: z.literal(true), name: z.string() }),
  run: async ({ db, by }, { screen, name }) => {
    if (await deleteView(db, by.id, screen, name)) return { ok: true as const, name };
    throw new MillraceError("not_found", {
      saw: `You keep no view "${name}" of ${screen}. Nothing was removed.`,
      next: "see which there are: /api/views",
      field: "name",
    });
  },
});
