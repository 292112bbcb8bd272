/** Today in figures: how soon forms are acted on and which were not, what waits for me and for all, and what needs attention. */
import { z } from "zod";
import { readMailSwitch } from "../email/policy/mail-switch.ts";
import { limit } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { attentionOf } from "./attention.ts";
import { actionTimes, type Breach, listBreaches } from "./rows/form-to-action.ts";
import { readHealth } from "./rows/health.ts";
import { countOutbox } from "./rows/outbox.ts";
import { MAX_COUNTED } from "./rows/overview.ts";
import { countQueue } from "./rows/people-queue.ts";
import { who } from "./views.ts";

const at = z.number().describe("Milliseconds since 1970.");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The promise: a form is acted on within five minutes. */
const PROMISED_MS = 300_000;

const times = z
  .object({ p50: z.number(), p95: z.number(), slowest: z.number(), count: z.number().int() })
  .nullable()
  .describe("Milliseconds from the form to the first e-mail or alert, of at most 2,000 forms. Null: there was none.");

const breach = z.object({
  form: z.number().int(),
  contact: z.guid().nullable(),
  who: who.nullable(),
  submittedAt: at,
  tookMs: z.number().describe("Until the first e-mail or alert; of one that still waits, until now."),
  isWaiting: z.boolean(),
  task: z.number().int().nullable().describe("The work it waited for."),
  kind: z.string().nullable(),
  queuedMs: z.number().nullable().describe("How long that work waited to be begun; null: it has not."),
  workedMs: z.number().nullable().describe("How long it was done; null: it is not over."),
  error: z.string().nullable(),
}) satisfies z.ZodType<Breach>;

export const today = operation({
  input: z.object({ limit: limit.default(20).describe("How many breaches at most.") }),
  answer: z.object({
    now: at,
    person: z.string(),
    formToAction: z.object({ promisedMs: z.number(), hour: times, day: times, breaches: z.array(breach) }),
    queue: z
      .object({ open: z.number(), mine: z.number(), team: z.number(), snoozed: z.number(), overdue: z.number() })
      .describe("What waits for people; each stops at 10,001."),
    attention: z
      .array(
        z.object({
          what: z
            .string()
            .describe("dead_letters, unknown_emails, health, stopped_agent, mail_paused, overdue_tasks, late_forms."),
          count: z.number().int(),
          words: z.string(),
          level: z.enum(["error", "warning"]),
        }),
      )
      .describe("What a person should look at, the gravest first. Empty: nothing."),
  }),
  run: async (context, { limit }) => {
    const { db, clock, by, work } = context;
    const now = clock.now();
    const human = work.tasks.catalogue.all().filter(({ isHuman }) => isHuman);
    const humanKinds = human.map(({ kind }) => kind);
    const kinds = humanKinds.map((kind) => ({ kind, saidYes: false }));
    const [hour, day, breaches, queue, mail, outbox, health, dead] = await Promise.all([
      actionTimes(db, now - HOUR_MS),
      actionTimes(db, now - DAY_MS),
      listBreaches(db, { since: now - DAY_MS, now, limitMs: PROMISED_MS, humanKinds, limit }),
      countQueue(db, { kinds, person: by.name, now }, MAX_COUNTED),
      readMailSwitch(db),
      countOutbox(db, now - DAY_MS, MAX_COUNTED),
      readHealth(db, context.monitorEveryMs),
      db.query<{ count: number }>(
        "select count(*)::int as count from (select from dead_letters where resolved_at is null limit 10001) l",
      ),
    ]);
    return {
      now,
      person: by.name,
      formToAction: { promisedMs: PROMISED_MS, hour, day, breaches },
      queue: queue ?? { open: 0, mine: 0, team: 0, snoozed: 0, overdue: 0 },
      attention: attentionOf({
        deadLetters: dead[0]?.count ?? 0,
        unknownEmails: outbox.unknown,
        overdue: queue?.overdue ?? 0,
        lateForms: breaches.filter(({ isWaiting }) => isWaiting).length,
        mail,
        health,
      }),
    };
  },
});
