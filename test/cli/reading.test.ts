/** Commands that read and change what is in a database, on one that an engine of this process runs. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { addDeadLetter } from "../../packages/millrace/src/events/subscription.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { background, eventually, millrace, projectFolder, type Ran } from "./cli.ts";

const CTO = {
  email: "ada@acme.example",
  firstname: "Ada",
  lastname: "Keller",
  company: "Acme",
  jobtitle: "CTO",
  industry: "Software",
  numberofemployees: 2_000,
  phone: "+49 30 23125 001",
};

interface Scene extends AsyncDisposable {
  readonly host: TestEngine;
  run(...words: string[]): Promise<Ran>;
  // biome-ignore lint/suspicious/noExplicitAny: each command has a document of its own.
  json(...words: string[]): Promise<any>;
  readonly cwd: string;
}

async function scene(): Promise<Scene> {
  const host = await testEngine();
  const folder = await projectFolder();
  await host.engine.append([formSubmitted(CTO)]);
  await host.engine.idle();
  const run = (...words: string[]) => millrace(words, { cwd: folder.path, env: { DATABASE_URL: host.url } });
  return {
    host,
    cwd: folder.path,
    run,
    async json(...words) {
      const { code, stdout, stderr } = await run(...words, "--json");
      assert.equal(code, 0, stdout + stderr);
      return JSON.parse(stdout);
    },
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test("events are listed oldest first, filtered by type and contact, shown and explained", async () => {
  await using setting = await scene();
  const { run, json } = setting;
  const { events } = await json("events", "tail", "--limit", "500");
  assert.equal(events[0].type, "form_submitted");
  const scores = await json("events", "tail", "--type", "lead_score_updated", "--contact", CTO.email);
  assert.equal(scores.events.length, 1);
  const { position } = scores.events[0];
  assert.equal((await json("events", "show", String(position))).type, "lead_score_updated");
  const why = await run("events", "why", String(position));
  assert.match(why.stdout, /form_submitted by api[\s\S]*workflow form_cascade@\w+, branch form lead \/ hot/);
  assert.equal((await json("events", "why", String(position))).chain[0].event.type, "form_submitted");
  const [mail] = (await json("emails", "list")).emails;
  assert.equal((await json("events", "why", "--email", String(mail.id))).chain[0].event.type, "form_submitted");
  assert.match((await run("events", "why", "--email", String(mail.id))).stdout, /form_submitted by api/);
  assert.equal((await run("events", "why")).code, 2);
  assert.equal((await json("events", "tail", "--since", "2030-01-01")).events.length, 0);
  const gone = await run("events", "show", "999999");
  assert.equal(gone.code, 1);
});

test("an event is sent once under one id, and refused with the field when it is wrong", async () => {
  await using setting = await scene();
  const { host, run, json, cwd } = setting;
  const data = JSON.stringify({ email: "bob@acme.example", properties: { firstname: "Bob" } });
  const first = await json("events", "send", "contact_created", data, "--id", "1");
  assert.equal((await json("events", "send", "contact_created", data, "--id", "1")).isDuplicate, true);
  await eventually("the running engine decides it", async () => {
    const [decision] = await host.engine.db.query("select 1 from decisions where event = $1", [first.position]);
    return decision !== undefined;
  });
  const piped = await millrace(["events", "send", "contact_created", "--json"], {
    cwd,
    env: { DATABASE_URL: host.url },
    input: data,
  });
  assert.equal(piped.code, 0, piped.stdout);
  const wrong = await run("events", "send", "contact_created", '{"email":"nobody"}');
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /data\.email/);
  assert.match((await run("events", "send", "contact_creatd", "{}")).stderr, /Did you mean "contact_created"\?/);
  assert.match((await run("events", "send", "lead_score_updated", "{}")).stderr, /Only the engine itself states/);
  assert.equal((await run("events", "send", "contact_created", "{")).code, 2);
});

test("events to come are streamed one JSON document a line, until Ctrl-C ends it with 130", async () => {
  await using setting = await scene();
  await using tail = await background(["events", "tail", "--follow", "--limit", "1"], {
    cwd: setting.cwd,
    env: { DATABASE_URL: setting.host.url },
  });
  await setting.host.engine.append([formSubmitted({ email: "late@acme.example" })]);
  await eventually("the new event is shown", () => tail.output.stdout.includes("late@acme.example"));
  const positions = tail.output.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).position);
  assert.deepEqual(
    positions,
    positions.toSorted((a, b) => a - b),
  );
  assert.equal(new Set(positions).size, positions.length);
  assert.equal(await tail.stop("SIGINT"), 130);
});

test("schemas of events are shown without a database", async () => {
  await using folder = await projectFolder();
  const { stdout } = await millrace(["events", "schema", "form_submitted"], { cwd: folder.path });
  const { schema, example } = JSON.parse(stdout);
  assert.deepEqual(schema.required, ["form", "fields"]);
  assert.equal(example.form, "demo");
  assert.match(
    (await millrace(["events", "schema"], { cwd: folder.path })).stdout,
    /^contact_created +anyone +A contact is known/m,
  );
});

test("a person claims, gives back, completes, cancels and retries tasks under their name", async () => {
  await using setting = await scene();
  const { run, json } = setting;
  const { tasks } = await json("tasks", "list", "--kind", "hot_lead_review");
  const id = String(tasks[0].id);
  assert.equal((await json("tasks", "claim", id, "--as", "ada")).worker, "ada");
  const held = await run("tasks", "claim", id, "--as", "grace");
  assert.equal(held.code, 1);
  assert.match(held.stderr, /held by ada/);
  assert.equal((await json("tasks", "release", id, "--as", "ada")).state, "WAITING");
  assert.equal((await json("tasks", "cancel", id, "--as", "ada", "--reason", "a test")).state, "CANCELLED");
  const again = await json("tasks", "retry", id, "--as", "ada");
  assert.equal(again.state, "WAITING");
  const done = await json("tasks", "complete", String(again.id), "--as", "grace", "--result", '{"called":true}');
  assert.deepEqual([done.state, done.worker, done.result], ["COMPLETED", "grace", { called: true }]);
  assert.match((await run("tasks", "show", String(again.id))).stdout, /hot_lead_review[\s\S]*COMPLETED[\s\S]*Because:/);
  assert.equal((await run("tasks", "claim", "999999")).code, 1);
});

test("contacts, e-mails and alerts are listed", async () => {
  await using setting = await scene();
  const { run, json } = setting;
  assert.equal((await json("contacts", "show", CTO.email)).properties.firstname, "Ada");
  assert.match((await run("contacts", "show", CTO.email)).stdout, /lead_band +hot/);
  assert.equal((await run("contacts", "show", "nobody@acme.example")).code, 1);
  assert.equal((await json("emails", "list", "--contact", CTO.email)).emails[0].template, "thank_you");
  assert.equal((await json("alerts", "list", "--unseen")).alerts[0].name, "hot_lead");
});

test("contacts are listed, searched and their score explained; an unknown one leads to the search", async () => {
  await using setting = await scene();
  const { run, json } = setting;
  assert.equal((await json("contacts", "list", "--band", "hot")).contacts.length, 1);
  assert.equal((await json("contacts", "search", "cto")).contacts[0].properties.email, CTO.email);
  assert.equal((await json("contacts", "search", "baker")).contacts.length, 0);
  const explained = await run("contacts", "explain", CTO.email);
  assert.match(explained.stdout, /^Ada Keller has \d+ points, which is hot\.\n\nPOINTS {2}FOR[\s\S]*^\+\d+ /m);
  const document = await json("contacts", "explain", CTO.email);
  assert.ok(document.scoring.reasons.length > 3);
  const unknown = await run("contacts", "explain", "none@acme.example");
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /Next: .*millrace contacts search/);
});

test("tasks are cancelled and tried again by filter: counted first, done with --yes", async () => {
  await using setting = await scene();
  const { run, json } = setting;
  const counted = await run("tasks", "cancel", "--role", "sales");
  assert.equal(counted.code, 0, counted.stderr);
  assert.match(counted.stdout, /^1 task meant\.$/m);
  assert.match(counted.stderr, /Nothing was done\. Next: the same with --yes/);
  const { tasks } = await json("tasks", "list", "--role", "sales", "--priority", "urgent");
  assert.equal(tasks.length, 1);
  const done = await json("tasks", "cancel", "--role", "sales", "--reason", "the fair is over", "--yes");
  assert.deepEqual([done.count, done.dryRun, done.tasks], [1, false, [tasks[0].id]]);
  assert.equal((await json("tasks", "retry", "--kind", "hot_lead_review", "--state", "cancelled")).count, 1);
  for (const [words, says] of [
    [["tasks", "cancel"], /would mean every task/],
    [["tasks", "cancel", "7", "--role", "sales"], /--role does not go with the rest/],
    [["tasks", "retry", "--kind", "hot_lead_reviw"], /Did you mean "hot_lead_review"\?/],
    [["events", "why"], /It is not said which one is meant/],
  ] as const) {
    const wrong = await run(...words);
    assert.equal(wrong.code, 2, words.join(" "));
    assert.match(wrong.stderr, says);
  }
});

test("what the command line does is kept under the user of the machine, or the person it names", async () => {
  await using setting = await scene();
  await setting.run("mail", "pause");
  await setting.run("mail", "resume", "--as", "grace");
  const { events } = await setting.host.engine.queries.events({ limit: 2 });
  const [resumed, paused] = events;
  assert.deepEqual([resumed?.type, resumed?.actor], ["mail_resumed", "person:grace"]);
  assert.equal(paused?.type, "mail_paused");
  assert.match(paused?.actor ?? "", /^cli:./);
});

test("contacts that differ from the log are found (5) and put right", async () => {
  await using setting = await scene();
  const { host, run, json } = setting;
  const same = await json("contacts", "rebuild", "--expect-same");
  assert.deepEqual([same.isSame, same.contacts, same.before], [true, 1, same.after]);
  await host.engine.db.query(`update contacts set properties = properties::jsonb || '{"firstname":"Eve"}'`);
  const differing = await run("contacts", "rebuild", "--expect-same", "--json");
  assert.equal(differing.code, 5);
  assert.equal((await json("contacts", "show", CTO.email)).properties.firstname, "Eve");
  const mended = await json("contacts", "rebuild", "--as", "ada");
  assert.deepEqual([mended.isSame, mended.replaced, mended.after], [false, true, same.after]);
  assert.equal((await json("contacts", "show", CTO.email)).properties.firstname, "Ada");
  assert.equal((await json("contacts", "rebuild", "--expect-same")).isSame, true);
  const facts = await host.engine.db.query("select actor, data from events where type = 'contacts_rebuilt'");
  assert.deepEqual(facts, [{ actor: "person:ada", data: { contacts: 1, events: mended.events } }]);
});

test("migrate says where the schema stands and shows the SQL it would run", async () => {
  await using setting = await scene();
  const { host, json, run } = setting;
  assert.deepEqual((await json("migrate", "status")).pending, []);
  assert.deepEqual((await json("migrate", "up")).applied, []);
  await host.engine.db.query("delete from kysely_migration where name = '0001_spine'");
  assert.match((await run("migrate", "up", "--dry-run")).stdout, /-- 0001_spine\n[\s\S]*create table events/);
  const behind = await run("events", "tail");
  assert.equal(behind.code, 3);
  assert.match(behind.stderr, /lacks 0001_spine[\s\S]*millrace migrate up/);
});

test("mail is paused and goes on from the command line, and what came in is listed", async () => {
  await using at = await scene();
  const paused = await at.json("mail", "pause", "--reason", "Wrong price.");
  assert.deepEqual([paused.isPaused, paused.reason], [true, "Wrong price."]);
  assert.match((await at.run("mail", "status")).stdout, /^Mail is paused since .*: Wrong price\.$/m);
  assert.equal((await at.host.engine.queries.mail()).isPaused, true);
  assert.equal((await at.json("mail", "resume")).isPaused, false);
  await at.host.engine.mail.take(Buffer.from("From: eve@evil.example\r\nSubject: Hi\r\n\r\nHello."));
  const { inbox } = await at.json("mail", "inbox", "--state", "ignored");
  assert.deepEqual([inbox.length, inbox[0].from], [1, "eve@evil.example"]);
  const wrong = await at.run("mail", "inbox", "--state", "ignord");
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /Did you mean "ignored"\?/);
});

test("health says what is wrong and exits 1; agents are paused and resumed by name", async () => {
  await using setting = await scene();
  const { run, json, host } = setting;
  await host.engine.monitor?.turnNow();
  await host.engine.idle();
  const well = await run("health");
  assert.equal(well.code, 0, well.stdout + well.stderr);
  assert.match(well.stdout, /database +well/);
  assert.match(well.stderr, /Everything is well\./);

  assert.match(
    (await run("agents", "pause", "data_enricher", "--reason", "new key")).stdout,
    /data_enricher is stopped/,
  );
  const ill = await run("health", "--json");
  assert.equal(ill.code, 1);
  assert.deepEqual(JSON.parse(ill.stdout).reasons, ["agent data_enricher is stopped"]);
  const { agents } = await json("agents", "list");
  const paused = agents.find((one: { agent: string }) => one.agent === "data_enricher");
  assert.deepEqual([paused.state, paused.reason, paused.kinds], ["stopped", "new key", ["enrich_data"]]);
  assert.match((await run("agents", "resume", "data_enricher")).stdout, /data_enricher works again/);
  assert.equal((await run("health")).code, 0);
  const wrong = await run("agents", "pause", "data_enrichr");
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /Did you mean "data_enricher"/);
});

test("a webhook of another system is tried from a file: what it becomes, or that it is kept", async () => {
  await using folder = await projectFolder();
  const run = (...words: string[]) => millrace(["webhooks", "try", ...words], { cwd: folder.path });
  const booking = { event: "invitee.created", payload: { email: "ada@acme.example", uri: "u:1" } };
  await writeFile(join(folder.path, "booking.json"), JSON.stringify({ headers: { "X-A": "b" }, body: booking }));
  const good = await run("booking.json", "--preset", "calendly", "--json");
  assert.equal(good.code, 0, good.stderr);
  const { type, isTranslated, events } = JSON.parse(good.stdout);
  assert.deepEqual(
    [type, isTranslated, events[0].type, events[0].id],
    ["invitee.created", true, "meeting_booked", "booking:u:1"],
  );
  const kept = await run("booking.json", "--preset", "stripe");
  assert.equal(kept.code, 4);
  assert.match(kept.stderr, /kept as external_event: nothing says what "invitee.created" becomes/);
  const unknown = await run("booking.json", "--preset", "strip");
  assert.match(unknown.stderr, /Did you mean "stripe"/);
  assert.equal(unknown.code, 2);
});

test("workflows are tried on history: the same ones find nothing, another one is reported by branch and event", async () => {
  await using setting = await scene();
  const { run, json, cwd } = setting;
  const same = await run("workflows", "backtest", "form_cascade", "--expect-same");
  assert.equal(same.code, 0, same.stdout + same.stderr);
  assert.match(same.stdout, /Nothing would be decided otherwise/);
  await mkdir(join(cwd, "workflows"));
  await writeFile(
    join(cwd, "workflows", "welcome.ts"),
    `import { email, on, workflow } from "millrace";
export default workflow("welcome", {}, [on("form_submitted", email("thank_you"))]);
`,
  );
  const { workflows, differences } = await json("workflows", "backtest", "welcome");
  assert.equal(differences, 1);
  assert.deepEqual(workflows[0].counts, { same: 0, changed: 0, new: 1, gone: 0, failed: 0 });
  const other = await run("workflows", "backtest", "welcome", "--since", "2020-01-01", "--expect-same");
  assert.equal(other.code, 5);
  assert.match(
    other.stdout,
    /welcome +\w+: 1 difference in 1 decision[\s\S]*1 × was not decided then[\s\S]*\+ task send_email/,
  );
  const none = await run("workflows", "backtest", "nope");
  assert.equal(none.code, 2);
  assert.match(none.stderr, /workflows list/);
});

test("what people change by a command is shown in words, and only --json prints JSON", async () => {
  await using setting = await scene();
  const { run, json } = setting;
  for (const [words, says] of [
    [["contacts", "correct", CTO.email, "jobtitle", "CEO"], /^jobtitle {2}"CTO" → "CEO"\n$/],
    [["contacts", "correct", CTO.email, "jobtitle", ""], /^jobtitle {2}"CEO" → none\n$/],
    [["alerts", "mute", "admin", "task_overdue"], /^task_overdue to admin {2}muted until it is unmuted\n$/],
    [["alerts", "unmute", "admin", "task_overdue"], /^task_overdue to admin {2}not muted any more\n$/],
    [
      ["mail", "reply", CTO.email, "reply-key-1", "--subject", "Tuesday", "--text", "It is fine."],
      /^task \d+ {2}sends it\n$/,
    ],
    [
      ["mail", "reply", CTO.email, "reply-key-1", "--subject", "Tuesday", "--text", "It is fine."],
      /^task \d+ {2}was asked for before/,
    ],
  ] as const) {
    const done = await run(...words);
    assert.equal(done.code, 0, done.stderr);
    assert.match(done.stdout, says);
    assert.match(done.stderr, /Next.*: millrace /);
  }
  assert.ok((await json("contacts", "correct", CTO.email, "jobtitle", "CTO")).event > 0);
});

test("of dead letters tried again each line says what became of it; one whose taker was deleted keeps none of the others back", async () => {
  await using setting = await scene();
  const { run, json, host } = setting;
  for (const subscription of ["workflow:gone", "gone_reader", "webhook:gone", "workflow:form_cascade"])
    await host.engine.db.transaction((tx) => addDeadLetter(tx, { subscription, event: 1, error: "boom", attempts: 1 }));
  const counted = await run("dead-letters", "retry", "--all", "--dry-run");
  assert.deepEqual([counted.code, counted.stdout], [0, "4 dead letters match.\n"]);
  assert.match(counted.stderr, /Nothing was done/);
  const done = await run("dead-letters", "retry", "--all");
  assert.equal(done.code, 1);
  const [workflow = "", reader = "", subscriber = "", taken] = done.stdout.split("\n");
  assert.match(
    workflow,
    /^1: There is no workflow "gone" any more that could take event 1\. It is set aside still\. Next: add it to workflows\/ again, or dismiss it: `millrace dead-letters dismiss 1`\.$/,
  );
  assert.match(reader, /^2: There is no consumer "gone_reader" any more .* add it to `consumers` of the config again/);
  assert.match(subscriber, /^3: There is no subscriber "gone" any more .* add it to `subscribers` of the config again/);
  assert.equal(taken, "4: taken");
  assert.match(done.stderr, /1 of 4 taken, 3 set aside still\./);
  assert.equal((await run("dead-letters", "dismiss", "1")).code, 0);
  assert.equal((await json("dead-letters", "retry", "--all", "--dry-run")).count, 2);
});
