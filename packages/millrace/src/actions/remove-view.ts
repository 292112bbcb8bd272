/** Removes filters that the one who asks has kept. */
import { z } from "zod";
import { deleteView } from "../access/saved-views.ts";
import { MillraceError } from "../base/errors.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { operation } from "../operations/operation.ts";
import { viewName, viewScreen } from "./save-view.ts";

export const removeView = operation({
  input: z.object({ screen: viewScreen, name: viewName }),
  answer: z.object({ ok: z.literal(true), name: z.string() }),
  run: (context, { screen, name }) =>
    commit(context, async (tx) => {
      const { by, clock } = context;
      if (!(await deleteView(tx, by.id, screen, name))) throw noSuchView(screen, name);
      await appendFacts(tx, [{ type: "view_removed", data: { screen, name } }], by.id, clock.now());
      return { ok: true as const, name };
    }),
});

function noSuchView(screen: string, name: string): MillraceError {
  return new MillraceError("not_found", {
    saw: `You keep no view "${name}" of ${screen}. Nothing was removed.`,
    next: "see which there are: /api/views",
    field: "name",
  });
}
