/**
 * A process that is there to be killed at a failpoint: an engine that does one job and says on standard output what was
 * acknowledged, a line each, and only after it was; then "idle", and ends. Argument: a `Job` as JSON.
 */
import { writeSync } from "node:fs";
import { z } from "zod";
import { restoreBackup } from "../../packages/millrace/src/backup/restore-backup.ts";
import { writeBackup } from "../../packages/millrace/src/backup/write-backup.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { event } from "../../packages/millrace/src/events/define-event.ts";
import { addToList, alert, batched, on, schedule, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { formSubmitted, HOT_FIELDS } from "../factories/engine.ts";
import type { Job } from "./job.ts";

const job = JSON.parse(process.argv[2] ?? "{}") as Job;
const say = (line: string) => writeSync(1, `${line}\n`);

/** Takes a moment, goes through the queue, and has a step that lasts. */
const enricher = does(
  "data_enricher",
  "enrich_data",
  async (task, { step }) => {
    await step("look", async () => ({ at: task.id }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const values = { domain: { value: `task-${task.id}.example`, confidence: 1, source: "test" } };
    return {
      outcome: "completed",
      events: [{ type: "contact_enriched", data: { quality: 6, values, reasons: [], task: task.id } }],
    };
  },
  { concurrency: 5 },
);

// biome-ignore lint/suspicious/noExplicitAny: an event type the compiler does not know.
const due = "chaos_due" as any;
const own = workflow("chaos", {}, [
  on("form_submitted", schedule(due, { after: "100ms", key: "chaos", data: {} as never })),
  on(due, addToList("chaos")),
  batched(
    "chaos",
    { types: [due], max: 3, within: "1s" },
    alert("sales", "gathered", { once: ({ event }) => String(event.position) }),
  ),
]);

const config: MillraceConfig = {
  ...job.config,
  agents: [enricher],
  workflows: [own],
  events: { [due]: event({ about: "Test.", data: z.strictObject({}) }) },
  tasks: {
    enrich_data: { about: "Test.", priority: "LOW", dueIn: "5m", doneBy: "data_enricher", retries: 100 },
  },
};

if (job.restore !== undefined) {
  const target = { url: job.config.databaseUrl ?? "", dataFolder: job.restore.folder };
  await restoreBackup(target as never, { file: job.restore.file, mayOverwrite: false, withKeys: false, isMove: false });
  say("restored");
  process.exit(0);
}

const engine = await openEngine(config, job.decidesNothing === true ? { roles: ["worker"] } : {});
say("ready");
if (job.isCalm === true) {
  await engine.idle();
  for (const id of job.forms) await form(id);
}
await Promise.all([
  ...(job.isCalm === true ? [] : job.forms).map(form),
  bulk(job.bulk),
  ...job.hooks.map(hook),
  ...job.mails.map(mail),
]);
if (job.erase !== undefined) await erase(job.erase);
if (job.backup !== undefined) {
  await settled();
  await writeBackup(engine.db, { file: job.backup, keysFrom: undefined });
  say("backup");
}
await settled();
await engine.caughtUp();
say("idle");
await engine.stop();
process.exit(0);

/** Nothing is due, nor will be in a while; what lies in the inbox is fetched. */
async function settled(): Promise<void> {
  for (;;) {
    await engine.idle();
    const [row] = await engine.db.query<{ waiting: number }>(
      `select (select count(*)::int from tasks where not_before < clock_timestamp() + interval '20 s')
            + (select count(*)::int from scheduled_events where due_at < clock_timestamp() + interval '20 s')
            + (select count(*)::int from bulk_events where error is null)
            + greatest(0, $1 - (select count(*)::int from inbound_mail)) as waiting`,
      [job.mails.length],
    );
    if (row?.waiting === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function form(id: string): Promise<void> {
  await engine.append([formSubmitted({ email: `${id}@load.example`, firstname: "Ada", ...HOT_FIELDS }, "demo", id)]);
  say(id);
}

async function bulk(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await engine.appendBulk(ids.map((id) => formSubmitted({ email: `${id}@load.example` }, "demo", id)));
  for (const id of ids) say(id);
}

async function hook({ id, body }: Job["hooks"][number]): Promise<void> {
  await engine.hubspot?.keep(Buffer.from(body));
  say(id);
}

async function mail({ id, raw }: Job["mails"][number]): Promise<void> {
  if (raw === undefined) return;
  await engine.mail.take(Buffer.from(raw));
  say(id);
}

async function erase(address: string): Promise<void> {
  await settled();
  const [row] = await engine.db.query<{ contact: string }>("select contact from contact_identities where value = $1", [
    address,
  ]);
  if (row !== undefined) await engine.actions.eraseContact({ contact: row.contact }, { by: "person:ada" });
  say("erased");
}
