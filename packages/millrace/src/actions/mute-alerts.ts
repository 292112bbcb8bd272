/** Alerts of one name are brought nowhere for a while; they are written as ever. */
import { z } from "zod";
import { muteAlerts as mute } from "../alerts/mutes.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { moment, name, reason } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { alertMute } from "../queries/list-views.ts";

export const muteAlerts = operation({
  input: z.object({
    audience: name.describe("Whose alerts: sales, admin …"),
    name: name.describe("What the alerts are called, e.g. task_overdue."),
    untilMs: moment.optional().describe("Until when. Milliseconds since 1970; left out: until it is lifted."),
    reason,
  }),
  answer: alertMute,
  run: async (context, { audience, name, untilMs, reason }) => {
    const { by, clock } = context;
    const now = clock.now();
    const row = { audience, name, until: untilMs ?? null, reason: reason ?? null, mutedBy: by.name, mutedAt: now };
    await commit(context, async (tx) => {
      await mute(tx, row);
      const data = {
        ...{ audience, alert: name },
        ...(untilMs === undefined ? {} : { until: untilMs }),
        ...(reason === undefined ? {} : { reason }),
      };
      await appendFacts(tx, [{ type: "alerts_muted", data }], by.id, now);
    });
    return row;
  },
});
