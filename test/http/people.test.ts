/** What people do at the console: find the lead, see why, claim, complete, look at the mail. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LEAD, signIn, type TestGateway, testGateway } from "./gateway.fixture.ts";

test("a hot lead's review is claimed by one person, refused to another, and done with a note", async () => {
  await using tested = await hotLead();
  const ada = await signIn(tested.gateway, "ada");
  const bob = await signIn(tested.gateway, "bob");
  const { id } = await review(tested);
  assert.equal((await act(tested, ada, id, "claim")).status, 200);
  const refused = await act(tested, bob, id, "claim");
  assert.equal(refused.status, 409);
  assert.match(((await refused.json()) as { saw: string }).saw, /held by ada/);
  assert.equal((await act(tested, ada, id, "complete", { result: { note: "called" } })).status, 200);
  await tested.engine.idle();
  const task = await tested.read(`/api/tasks/${id}`);
  assert.equal(task.state, "COMPLETED");
  assert.equal(task.worker, "ada");
  assert.deepEqual(task.result, { note: "called" });
  const [done] = (await tested.read("/api/events?type=task_completed&limit=1")).events;
  assert.equal(done.actor, "person:ada");
});

test("a session cannot act as somebody else; a program with the key says on whose behalf", async () => {
  await using tested = await hotLead();
  const ada = await signIn(tested.gateway, "ada");
  const { id } = await review(tested);
  await act(tested, ada, id, "claim", { person: "boss" });
  assert.equal((await tested.read(`/api/tasks/${id}`)).worker, "ada");
  await act(tested, ada, id, "release");
  await tested.post(`/api/tasks/${id}/claim`, { person: "carol" });
  assert.equal((await tested.read(`/api/tasks/${id}`)).worker, "carol");
});

test("a task is given back, put off, called off, and tried again", async () => {
  await using tested = await hotLead();
  const ada = await signIn(tested.gateway, "ada");
  const { id } = await review(tested);
  await act(tested, ada, id, "claim");
  await act(tested, ada, id, "release");
  assert.equal((await tested.read(`/api/tasks/${id}`)).state, "WAITING");
  await act(tested, ada, id, "snooze", { untilMs: 1_800_000_000_000 });
  assert.equal((await tested.read(`/api/tasks/${id}`)).dueAt, 1_800_000_000_000);
  await act(tested, ada, id, "cancel", { reason: "a test" });
  assert.equal((await tested.read(`/api/tasks/${id}`)).state, "CANCELLED");
  assert.equal((await act(tested, ada, id, "claim")).status, 409);
  const again = (await (await act(tested, ada, id, "retry")).json()) as { task: number };
  assert.equal((await tested.read(`/api/tasks/${again.task}`)).state, "WAITING");
});

test("an alert is seen once, by the first who looked", async () => {
  await using tested = await hotLead();
  const [alert] = (await tested.read("/api/alerts?unseen=true")).alerts;
  await tested.post(`/api/alerts/${alert.id}/seen`, { person: "ada" });
  await tested.post(`/api/alerts/${alert.id}/seen`, { person: "bob" });
  assert.equal((await tested.read("/api/alerts")).alerts[0].seenBy, "ada");
  assert.equal((await tested.read("/api/alerts?unseen=true")).alerts.length, 0);
});

test("an alert, an e-mail and a task each explain themselves back to the form", async () => {
  await using tested = await hotLead();
  const { id } = await review(tested);
  const [alert] = (await tested.read("/api/alerts")).alerts;
  const [email] = (await tested.read("/api/emails")).emails;
  for (const path of [`/api/alerts/${alert.id}/why`, `/api/emails/${email.id}/why`, `/api/tasks/${id}/why`]) {
    const { chain } = await tested.read(path);
    assert.equal(chain[0].event.type, "form_submitted", path);
  }
  const { chain } = await tested.read(`/api/alerts/${alert.id}/why`);
  assert.deepEqual(
    chain.map((link: { event: { type: string } }) => link.event.type),
    ["form_submitted", "contact_scored", "lead_score_updated"],
  );
  const decision = chain[2].decisions.find((one: { workflow: string }) => one.workflow === "form_cascade");
  assert.equal(decision.branch, "form lead / hot");
  assert.ok(chain[2].tasks.some((task: { kind: string }) => task.kind === "hot_lead_review"));
  assert.equal(chain[0].emails[0].template, "thank_you");
});

test("an event tells what it led to", async () => {
  await using tested = await hotLead();
  const [form] = (await tested.read("/api/events?type=form_submitted")).events;
  const { effects } = await tested.read(`/api/events/${form.position}/why`);
  assert.ok(effects.some((event: { type: string }) => event.type === "contact_scored"));
});

test("a lead is found by part of its name, address or company, and wildcards are only letters", async () => {
  await using tested = await hotLead();
  for (const [q, found] of [
    ["lovel", 1],
    ["BIGCORP-sys", 1],
    ["ada love", 1],
    ["nobody", 0],
    ["%", 0],
    ["_da", 0],
  ] as const) {
    assert.equal((await tested.read(`/api/contacts?q=${encodeURIComponent(q)}`)).contacts.length, found, q);
  }
});

test("a contact shows its path from the form to the open review", async () => {
  await using tested = await hotLead();
  const [contact] = (await tested.read("/api/contacts")).contacts;
  const types = contact.path.map((step: { type: string }) => step.type);
  for (const type of ["form_submitted", "contact_scored", "email_sent", "alert_sent"])
    assert.ok(types.includes(type), type);
  assert.ok(contact.openTasks.some((task: { kind: string }) => task.kind === "hot_lead_review"));
});

test("the overview counts hot leads, people's work and the time from form to action", async () => {
  await using tested = await hotLead();
  const overview = await tested.read("/api/overview");
  assert.equal(overview.hotLeadsToday, 1);
  assert.equal(overview.tasks.forPeople, 1);
  assert.equal(overview.formToAction.count, 1);
  assert.ok(overview.formToAction.p50 < 60_000);
  assert.equal(overview.events.formsPerMinute, 1);
});

test("metrics tell the backlog by kind, the lag and the doors' durations", async () => {
  await using tested = await testGateway(
    {},
    { tasks: { slow: { about: "Wait.", priority: "LOW", dueIn: "1h", doneBy: "nobody" } } },
  );
  await tested.engine.db.query(
    `insert into tasks (id, root, due_at, created_at, depth, priority, rank, kind, merge_key, standing, requested_by, causes, payload)
     values (9, 1, now(), $1, 1, 3, 3, 'slow', 'slow', 'NOT_STARTED', 'test', '{1}', 'null')`,
    [new Date(tested.clock.now() - 90_000)],
  );
  await tested.post("/forms/demo", LEAD);
  const text = await (await tested.call("/metrics")).text();
  assert.match(text, /^tasks_ready\{kind="slow"\} 1$/m);
  assert.match(text, /^task_oldest_seconds\{kind="slow"\} 90$/m);
  assert.match(text, /^events_total\{door="forms"\} 1$/m);
  assert.match(text, /^event_lag_seconds /m);
  assert.match(text, /http_request_duration_seconds_count\{method="POST",route="\/forms\/:form",status="202"\} 1/);
});

test("readiness names what is missing", async () => {
  await using tested = await testGateway();
  assert.deepEqual(await tested.read("/readyz"), { ok: true, reasons: [] });
  await tested.engine.db.query("delete from kysely_migration");
  const response = await tested.call("/readyz");
  assert.equal(response.status, 503);
  assert.match(await response.text(), /migration 0001_\w+ is not applied/);
});

test("whether the process has come up is no until work could be taken once, and yes from then on", async () => {
  await using tested = await testGateway();
  const { db } = tested.engine;
  await db.query("create table set_aside as table kysely_migration");
  const asked = async () => (await tested.call("/startupz")).status;
  await db.query("delete from kysely_migration");
  assert.equal(await asked(), 503);
  await db.query("insert into kysely_migration table set_aside");
  assert.equal(await asked(), 200);
  await db.query("delete from kysely_migration");
  assert.equal((await tested.call("/readyz")).status, 503);
  assert.equal(await asked(), 200);
});

async function hotLead(): Promise<TestGateway> {
  const tested = await testGateway();
  await tested.post("/forms/demo", LEAD);
  await tested.engine.idle();
  return tested;
}

async function review(tested: TestGateway): Promise<{ id: number }> {
  return (await tested.read("/api/tasks?human=true&kind=hot_lead_review")).tasks[0];
}

function act(tested: TestGateway, cookie: string, id: number, verb: string, body: object = {}): Promise<Response> {
  return fetch(`${tested.url}/api/tasks/${id}/${verb}`, {
    method: "POST",
    headers: { cookie, "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify(body),
  });
}
