/** Keeps the filters of a list under a name, for the one who asks. The log says that they did, and not what is filtered by: that may name someone. */
import { z } from "zod";
import { putView, VIEW_SCREENS } from "../access/saved-views.ts";
import { MillraceError } from "../base/errors.ts";
import { text } from "../events/define-event.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { operation } from "../operations/operation.ts";
import { savedView } from "../queries/saved-views.ts";

const MAX_VIEWS = 100;

export const viewScreen = z.enum(VIEW_SCREENS).describe("The list: leads, tasks or events.");
export const viewName = text(60).trim().min(1);

export const saveView = operation({
  input: z.object({
    screen: viewScreen,
    name: viewName.describe("What it is called. One of that name is replaced."),
    search: text(2_000)
      .transform((given) => new URLSearchParams(given).toString())
      .describe("What stands behind the question mark of the console's address."),
  }),
  answer: savedView,
  run: (context, { screen, name, search }) =>
    commit(context, async (tx) => {
      const { by, clock } = context;
      const view = { screen, name, search, savedAt: clock.now() };
      if (!(await putView(tx, by.id, view, MAX_VIEWS))) throw tooMany();
      await appendFacts(tx, [{ type: "view_saved", data: { screen, name } }], by.id, clock.now());
      return view;
    }),
});

function tooMany(): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `You keep ${MAX_VIEWS} views already. None was added.`,
    expected: `at most ${MAX_VIEWS}`,
    next: "remove one that you no longer use.",
    field: "name",
  });
}
