/** Says that a person has looked at an alert; the first one counts. */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { id } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { findAlert, markAlertSeen } from "../queries/rows/alerts.ts";
import { alertView } from "../queries/views.ts";

export const seeAlert = operation({
  input: z.object({ id: id.describe("The alert's number.") }),
  answer: alertView,
  run: (context, { id }) => {
    const { by, clock } = context;
    return commit(context, async (tx) => {
      const now = clock.now();
      const before = await findAlert(tx, id);
      const alert = await markAlertSeen(tx, id, by.name, now);
      if (alert === undefined) throw noSuchAlert(id);
      if (before?.seenAt === null) await appendFacts(tx, [{ type: "alert_seen", data: { alert: id } }], by.id, now);
      return alert;
    });
  },
});

function noSuchAlert(id: number): MillraceError {
  return new MillraceError("not_found", {
    saw: `There is no alert ${id}.`,
    next: "list them: /api/alerts, or `millrace alerts list`.",
    field: "id",
  });
}
