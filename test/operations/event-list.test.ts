/** The list of events: by type, text, actor and time, both ways, and honest about how far it has looked. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { formSubmitted, testEngine } from "../factories/engine.ts";

it("finds a text in any case, also one with signs that mean something to SQL or JSON", async () => {
  await using tested = await testEngine();
  const { engine } = tested;
  const said = ['Say "hello" 100%', "C:\\temp_1", "Nuñez <b>", "plain"];
  for (const [n, message] of said.entries())
    await engine.append([formSubmitted({ email: `p${n}@one.example`, message }, "demo", `t${n}`)]);
  await engine.idle();
  for (const q of ['"HELLO" 100%', "c:\\Temp_1", "nuñez <B>"]) {
    const { events } = await engine.queries.events({ q, type: "form_submitted" });
    assert.equal(events.length, 1, q);
  }
  assert.equal((await engine.queries.events({ q: "100_" })).events.length, 0);
  assert.equal(
    (await engine.queries.events({ q: "p2@one.example", type: "contact_created" })).events.length <= 1,
    true,
  );
});

it("finds what one person did, what all people did, and goes on by position both ways", async () => {
  await using tested = await testEngine();
  const { engine } = tested;
  await engine.append([formSubmitted()]);
  for (const by of ["person:ada", "person:bob", "key:crm"]) await engine.actions.pauseMail({}, { by });
  const by = async (actor: string, more: object = {}) =>
    (await engine.queries.events({ actor, ...more })).events.map((event) => event.actor);
  assert.deepEqual(await by("person:ada"), ["person:ada"]);
  assert.deepEqual(await by("person:"), ["person:bob", "person:ada"]);
  assert.deepEqual(await by("person:", { after: 0 }), ["person:ada", "person:bob"]);
  assert.deepEqual(await by("person:ad"), []);
  const [bob] = (await engine.queries.events({ actor: "person:bob" })).events;
  assert.deepEqual(await by("person:", { before: bob?.position }), ["person:ada"]);
});

it("from and to are the time of recording, to the event", async () => {
  await using tested = await testEngine();
  const { engine } = tested;
  const times: number[] = [];
  for (let n = 0; n < 4; n++) {
    await sleep(5);
    const [row] = await engine.db.query<{ now: number }>("select clock_timestamp() as now");
    times.push(row?.now ?? 0);
    await sleep(5);
    await engine.append([formSubmitted({ email: `p${n}@one.example` }, "demo", `t${n}`)]);
    await engine.idle();
  }
  const emails = async (input: object) =>
    (await engine.queries.events({ type: "form_submitted", ...input })).events.map(
      (event) => JSON.stringify(event.data).match(/p\d/)?.[0],
    );
  assert.deepEqual(await emails({ from: times[2] }), ["p3", "p2"]);
  assert.deepEqual(await emails({ to: times[2] }), ["p1", "p0"]);
  assert.deepEqual(await emails({ from: times[1], to: times[3], after: 0 }), ["p1", "p2"]);
  assert.deepEqual(await emails({ from: Date.now() + 3_600_000 }), []);
});

it("in a long log it answers soon, says how far it looked, and finds the rest when asked again", async () => {
  await using tested = await testEngine({ pack: false });
  const { engine } = tested;
  const first = formSubmitted({ email: "first@one.example", message: "the needle" }, "demo", "first");
  await engine.append([first]);
  // As many as take longer than one answer may: written by SQL, since it is not they that are tested.
  await engine.db.query(
    `insert into single_events (position, contact, root, occurred_at, depth, partition, settled, type, actor, data)
     select 1000 + n, null, 1000 + n, now(), 0, 0, true, 'form_submitted', 'test', json_build_object('form', 'x', 'fields', json_build_object('message', repeat('hay ', 50)))
     from generate_series(1, 150000) n`,
  );
  await engine.db.query("select setval('events_position', 200000)");
  let answers = 0;
  let before: number | undefined;
  const found: number[] = [];
  for (;;) {
    const { events, scannedTo } = await engine.queries.events({
      q: "the needle",
      ...(before === undefined ? {} : { before }),
    });
    answers += 1;
    found.push(...events.map(({ position }) => position));
    if (scannedTo === null) break;
    assert.ok(scannedTo < (before ?? Number.POSITIVE_INFINITY), "each answer comes further");
    before = scannedTo;
  }
  assert.deepEqual(found, [1]);
  assert.ok(answers > 1, `${answers} answers`);
});

it("a type nobody declares and the log does not have is a slip, and is told with the nearest name", async () => {
  await using tested = await testEngine();
  await assert.rejects(tested.engine.queries.events({ type: "form_submited" }), {
    code: "unknown_event_type",
    message: /There is no event type "form_submited".*Did you mean "form_submitted"/,
  });
  assert.deepEqual((await tested.engine.queries.events({ type: "form_submitted" })).events, []);
});
