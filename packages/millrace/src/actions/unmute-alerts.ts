/** Alerts of one name are brought to their channels again. */
import { z } from "zod";
import { unmuteAlerts as unmute } from "../alerts/mutes.ts";
import { MillraceError } from "../base/errors.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";

export const unmuteAlerts = operation({
  input: z.object({
    audience: name.describe("Whose alerts: sales, admin …"),
    name: name.describe("What the alerts are called."),
  }),
  answer: z.object({ ok: z.literal(true) }),
  run: async (context, { audience, name }) => {
    await commit(context, async (tx) => {
      if (!(await unmute(tx, audience, name))) throw notMuted(audience, name);
      const data = { audience, alert: name };
      await appendFacts(tx, [{ type: "alerts_unmuted", data }], context.by.id, context.clock.now());
    });
    return { ok: true as const };
  },
});

function notMuted(audience: string, name: string): MillraceError {
  return new MillraceError("not_found", {
    saw: `Alerts "${name}" to ${audience} are not muted.`,
    next: "see which are: `millrace alerts groups`.",
    field: "name",
  });
}
