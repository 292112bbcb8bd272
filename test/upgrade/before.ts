/**
 * Run inside a checkout of the version before the packages (upgrade.test.ts): leaves a database with a person's open task,
 * e-mails that wait for a worker and timers, and prints what it left. Argument: the database's URL.
 */

const [databaseUrl = ""] = process.argv.slice(2);
// Resolved where the file is run, in that version's sources; their types are not these.
// biome-ignore lint/suspicious/noExplicitAny: another version's engine.
const { createEngine, ManualClock }: any = await import(new URL("../src/millrace.ts", import.meta.url).href);

const clock = new ManualClock();
const fields = { firstname: "Grace", lastname: "Hughes", company: "Fjord Cloud", industry: "Software" };
const form = (email: string, more: object) => ({
  type: "form_submitted",
  source: "form:demo",
  data: { form: "demo", fields: { ...fields, email, ...more } },
});

const hot = form("grace@fjord-cloud.example", {
  jobtitle: "CTO",
  phone: "+4930123456",
  numberofemployees: 2400,
  message: "We want to see a demo for our sales teams.",
});
const lukewarm = form("lin@harbour-works.example", { jobtitle: "Head of Sales", numberofemployees: 120 });

// A first process with a worker: its e-mails go to the local mailbox, and their follow-ups become timers.
const whole = await createEngine({ databaseUrl }, { clock });
await whole.append([lukewarm, form("sam@harbour-works.example", { jobtitle: "VP Sales", numberofemployees: 900 })]);
await whole.idle();
await whole.stop();

// A second one that only decides, with a mail server: what is to be sent waits for a worker.
const deciding = await createEngine(
  { databaseUrl, mail: { from: "Sales <sales@ours.example>", smtpUrl: "smtp://127.0.0.1:1" } },
  { clock, roles: ["engine"] },
);
await deciding.append([hot]);
for (;;) {
  const tasks = await deciding.db.query("select kind from tasks where kind in ('hot_lead_review', 'send_email')");
  if (tasks.length >= 2) break;
  await new Promise((resolve) => setTimeout(resolve, 20));
}
// A worker of that version has begun one of the e-mails, said so in the log, and is never heard of again.
const { claimTasks } = await import(new URL("../src/tasks/queue.ts", import.meta.url).href);
const { appendDrafts, collectingSink } = await import(new URL("../src/tasks/finish.ts", import.meta.url).href);
const { collectStatus } = await import(new URL("../src/tasks/outcome.ts", import.meta.url).href);
const begun = await deciding.db.transaction(async (tx: unknown) => {
  const wish = { handler: 0, kind: "send_email", limit: 1, timeoutMs: 600_000 };
  const [task] = await claimTasks(tx, "old-worker", [wish], 1, clock.now());
  const facts: unknown[] = [];
  const change = { from: "NOT_STARTED", to: "IN_PROGRESS", by: "old-worker" };
  collectStatus(task, change, clock.now(), collectingSink(facts));
  await appendDrafts(tx, facts);
  return task.id;
});
const [left] = await deciding.db.query(
  `select (select md5(string_agg(position || type || data::text, ',' order by position)) from events) as log,
          (select max(position) from events) as newest,
          (select max(id) from tasks where kind = 'hot_lead_review' and state = 'WAITING') as review,
          (select count(*) from tasks where kind = 'send_email' and state = 'NOT_STARTED') as held,
          (select count(*) from scheduled_events) as timers`,
);
await deciding.stop();
console.log(JSON.stringify({ ...left, begun, now: clock.now() }));
