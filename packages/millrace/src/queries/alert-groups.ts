/** Alerts by what they are called, and which are muted. */
import { z } from "zod";
import { listMutes } from "../alerts/mutes.ts";
import { limit, moment, name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { alertGroup, alertMute } from "./list-views.ts";
import { groupAlerts } from "./rows/alert-groups.ts";

const WEEK_MS = 7 * 86_400_000;

export const alertGroups = operation({
  input: z.object({
    audience: name.optional().describe("Only those to this audience: sales, admin …"),
    since: moment.optional().describe("Not older than this moment. Milliseconds since 1970; left out: a week."),
    limit,
  }),
  answer: z.object({
    groups: z.array(alertGroup),
    mutes: z.array(alertMute).describe("What is muted, also where no alert came."),
  }),
  run: async ({ db, clock }, { audience, since, limit }) => {
    const now = clock.now();
    const [groups, mutes] = await Promise.all([
      groupAlerts(db, { ...(audience === undefined ? {} : { audience }), since: since ?? now - WEEK_MS, limit }),
      listMutes(db, now),
    ]);
    const isMuted = (name: string, of: string) => mutes.some((mute) => mute.name === name && mute.audience === of);
    return { groups: groups.map((group) => ({ ...group, isMuted: isMuted(group.name, group.audience) })), mutes };
  },
});
