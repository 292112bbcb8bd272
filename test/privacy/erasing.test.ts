/** Erasing somebody while work goes on: what is under way is taken away, what comes late is erased too, twice is harmless. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { hashContacts, rebuildContacts } from "../../packages/millrace/src/contacts/store.ts";
import { Database } from "../../packages/millrace/src/db/database.ts";
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";
import { newestPosition } from "../../packages/millrace/src/events/log.ts";
import { lockLog } from "../../packages/millrace/src/events/log-lock.ts";
import { findContact } from "../../packages/millrace/src/queries/rows/contacts.ts";
import { on, task, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { does } from "../factories/agents.ts";
import { type TestEngine, testEngine } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { mailServer } from "../servers/smtp.ts";
import { ADDRESS, CANARY, FIELDS, keyFolder, whereIs } from "./erasure.fixture.ts";

const ANA = "person:ana";

function form(id?: string): NewEvent {
  return { type: "form_submitted", source: "form:demo", id, data: { form: "demo", fields: FIELDS } };
}

/** An agent that waits in the middle of its work until it is told to go on. */
function ringing(): { readonly config: MillraceConfig; readonly began: Promise<void>; goOn(): void } {
  const began = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const ringer = does("ringer", "ring", async ({ contact }) => {
    began.resolve();
    await gate.promise;
    const data = { externalIds: {}, changes: { company: { from: null, to: `${CANARY} Ltd` } } };
    return {
      outcome: "completed",
      result: { said: String(contact?.properties.message) },
      events: [{ type: "contact_updated", data }],
    };
  });
  return {
    began: began.promise,
    goOn: () => gate.resolve(),
    config: {
      tasks: { ring: { about: "Ring somebody.", priority: "LOW", dueIn: "1h", doneBy: "ringer", retries: 0 } },
      agents: [ringer],
      workflows: [workflow("more", {}, [on("form_submitted", task("ring" as "qualify_lead"))])],
    },
  };
}

/** Resolves when so many transactions wait for the log's lock. */
async function waitingForLog(db: Database, count: number): Promise<void> {
  for (;;) {
    const [row] = await db.query<{ waiting: number }>(
      `select count(*) as waiting from pg_locks where locktype = 'advisory' and not granted
         and database = (select oid from pg_database where datname = current_database())`,
    );
    if ((row?.waiting ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function typesOf({ engine }: TestEngine, contact: string | null | undefined): Promise<string[]> {
  const rows = await engine.db.query<{ type: string }>("select type from events where contact = $1 order by position", [
    contact,
  ]);
  return rows.map(({ type }) => type);
}

describe("erasing a contact", () => {
  it("twice is harmless: the second time there is nothing left, and it is told once", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ dataFolder: folder.path });
    const [first] = await test.engine.append([form()]);
    const contact = first?.contact ?? "";
    await test.engine.idle();
    await test.engine.caughtUp();
    const once = await test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
    assert.equal(once.wasErased, false);
    assert.ok((once.rows.single_events ?? 0) > 0 && (once.rows.settlements ?? 0) > 0);
    await test.engine.idle();
    const again = await test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
    assert.deepEqual([again.wasErased, again.rows], [true, {}]);
    await test.engine.idle();
    assert.equal((await typesOf(test, contact)).filter((type) => type === "contact_erased").length, 1);
    assert.equal(await test.engine.eraseLateRows(), 0);
    assert.deepEqual(test.errors, []);
  });

  it("of whom nobody knows is refused, and nothing is told", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ dataFolder: folder.path });
    await assert.rejects(
      test.engine.actions.eraseContact({ contact: "01a21565-0aa3-7d00-bb33-a40561771433" }, { by: ANA }),
      { code: "not_found" },
    );
    assert.deepEqual(await test.engine.db.query("select 1 from events"), []);
  });

  it("without a folder for the key is refused before anything is erased: nobody could recognise them", async () => {
    await using test = await testEngine();
    const [first] = await test.engine.append([form()]);
    await test.engine.idle();
    await assert.rejects(test.engine.actions.eraseContact({ contact: first?.contact ?? "" }, { by: ANA }), {
      code: "invalid_config",
    });
    assert.ok((await whereIs(test.engine.db, CANARY)).includes("contacts.properties"));
  });

  it("takes along those that became part of them", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ dataFolder: folder.path });
    const [kept, gone] = await test.engine.append([
      form(),
      { type: "form_submitted", data: { form: "demo", fields: { ...FIELDS, email: `other.${ADDRESS}` } } },
    ]);
    await test.engine.idle();
    await test.engine.db.query("insert into contact_aliases (alias, contact) values ($1, $2)", [
      gone?.contact,
      kept?.contact,
    ]);
    const { contacts } = await test.engine.actions.eraseContact({ contact: gone?.contact ?? "" }, { by: ANA });
    assert.deepEqual([...contacts].toSorted(), [kept?.contact, gone?.contact].toSorted());
    assert.deepEqual(await whereIs(test.engine.db, CANARY), []);
    await test.engine.idle();
    assert.deepEqual(await whereIs(test.engine.db, CANARY), []);
  });

  it("calls off open tasks; an agent at work comes back to nothing, and what it brings is not kept", async () => {
    await using folder = await keyFolder();
    const { config, began, goOn } = ringing();
    await using test = await testEngine({ ...config, dataFolder: folder.path });
    const [first] = await test.engine.append([form()]);
    await began;
    await test.engine.actions.eraseContact({ contact: first?.contact ?? "" }, { by: ANA });
    goOn();
    await test.engine.idle();
    await test.engine.eraseLateRows();
    assert.deepEqual(await whereIs(test.engine.db, CANARY), []);
    const tasks = await test.engine.db.query<{ state: string }>("select state from finished_tasks where kind = 'ring'");
    assert.deepEqual(tasks, [{ state: "CANCELLED" }]);
    assert.deepEqual(await test.engine.db.query("select 1 from tasks where contact = $1", [first?.contact]), []);
    const types = await typesOf(test, first?.contact);
    assert.deepEqual([...new Set(types)].toSorted(), ["contact_erased", "event_erased"]);
    const was = await test.engine.db.query<{ was: string }>(
      "select data->>'was' as was from events where contact = $1 and type = 'event_erased'",
      [first?.contact],
    );
    assert.ok(was.some((row) => row.was === "task_result_discarded"));
    assert.ok(!was.some((row) => row.was === "contact_updated"));
    assert.deepEqual(test.errors, []);
  });

  it("while a letter of theirs is leaving: it has left, and nothing of it is kept", async () => {
    await using folder = await keyFolder();
    const arriving = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const beforeTaking = () => {
      arriving.resolve();
      return gate.promise;
    };
    await using smtp = await mailServer({ beforeTaking });
    await using test = await testEngine({ dataFolder: folder.path, mail: { smtpUrl: smtp.url } });
    const [first] = await test.engine.append([form()]);
    await arriving.promise;
    await test.engine.actions.eraseContact({ contact: first?.contact ?? "" }, { by: ANA });
    gate.resolve();
    await test.engine.idle();
    await test.engine.eraseLateRows();
    await test.engine.idle();
    assert.ok(smtp.recipients().length > 0);
    assert.deepEqual(await whereIs(test.engine.db, CANARY), []);
    const waiting = await test.engine.db.query("select 1 from emails where state in ('sending', 'unknown')");
    assert.deepEqual(waiting, [], "nobody is asked whether it arrived");
    assert.deepEqual(test.errors, []);
  });

  it("before the runner has come to their form leaves nothing for it to do", async () => {
    await using folder = await keyFolder();
    await using door = await testEngine({ dataFolder: folder.path }, { roles: ["worker"] });
    const [first] = await door.engine.append([form()]);
    await door.engine.actions.eraseContact({ contact: first?.contact ?? "" }, { by: ANA });
    assert.deepEqual(await whereIs(door.engine.db, CANARY), []);
    const { openEngine } = await import("../../packages/millrace/src/engine/open-engine.ts");
    const engine = await openEngine({ databaseUrl: door.url, dataFolder: folder.path }, { clock: door.clock });
    await engine.idle();
    await engine.stop();
    assert.deepEqual(await typesOf(door, first?.contact), ["event_erased", "contact_erased"]);
    assert.deepEqual(await door.engine.db.query("select 1 from emails union all select 1 from tasks"), []);
  });

  it("after the runner has read their form and before it has written what follows: that is erased as it comes", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ dataFolder: folder.path, monitor: false });
    const { db, wakeUps } = test.engine;
    const [first] = await test.engine.append([form()]);
    const contact = first?.contact ?? "";
    await test.engine.idle();
    let erasing: Promise<unknown> = Promise.resolve();
    const stranger = new Database({ url: test.url, maxConnections: 1 });
    await db.transaction(async (tx) => {
      // The log is held; the eraser queues first, then the runner with a form that somebody else's hand has put there.
      await lockLog(tx);
      erasing = test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
      await waitingForLog(stranger, 1);
      await stranger.query(
        `insert into single_events (position, contact, root, occurred_at, depth, partition, settled, type, actor, data)
         select p, $1, p, now(), 0, 0, false, 'form_submitted', 'api', $2 from nextval('events_position') as p`,
        [contact, JSON.stringify({ form: "demo", fields: { ...FIELDS, message: "Once more." } })],
      );
      wakeUps.local("events");
      await waitingForLog(stranger, 2);
    });
    await stranger.close();
    await erasing;
    await test.engine.idle();
    await test.engine.eraseLateRows();
    const [late] = await db.query<{ count: number }>(
      `select count(*) as count from events e join erasures x using (contact) where e.position > x.position and e.type = 'event_erased'`,
    );
    assert.ok((late?.count ?? 0) > 0, "what the runner had in hand has come behind the erasure");
    await test.engine.idle();
    assert.deepEqual(await whereIs(db, CANARY), []);
    assert.deepEqual(await db.query("select 1 from tasks where contact = $1", [contact]), []);
    const [kept] = await db.query("select properties::text from contacts where id = $1", [contact]);
    assert.deepEqual(kept, { properties: "{}" });
    assert.deepEqual(test.errors, []);
  });

  it("in the middle of many forms of theirs: nothing of any of them is left when all is settled", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ dataFolder: folder.path });
    const [first] = await test.engine.append([form()]);
    const contact = first?.contact ?? "";
    const forms = Array.from({ length: 60 }, () => test.engine.append([{ ...form(), contact: { id: contact } }]));
    await Promise.all([
      ...forms.slice(0, 30),
      test.engine.actions.eraseContact({ contact: contact }, { by: ANA }),
      ...forms.slice(30),
    ]);
    await test.engine.idle();
    await test.engine.eraseLateRows();
    await test.engine.idle();
    assert.deepEqual(await whereIs(test.engine.db, CANARY), []);
    assert.equal((await typesOf(test, contact)).filter((type) => type === "contact_erased").length, 1);
    const hash = await hashContacts(test.engine.db);
    await test.engine.db.transaction(async (tx) => rebuildContacts(tx, await newestPosition(tx)));
    assert.equal(await hashContacts(test.engine.db), hash);
    assert.deepEqual(test.errors, []);
  });
});

describe("what comes of an erased contact afterwards", () => {
  it("by our own id starts nothing, and is erased at the next look", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ dataFolder: folder.path });
    const [first] = await test.engine.append([form()]);
    const contact = first?.contact ?? "";
    await test.engine.idle();
    await test.engine.caughtUp();
    await test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
    await test.engine.idle();
    const data = { externalIds: {}, changes: { company: { from: null, to: CANARY } } };
    const [late] = await test.engine.append([{ type: "contact_updated", contact: { id: contact }, data }]);
    await test.engine.idle();
    assert.deepEqual(
      await test.engine.db.query("select 1 from decisions where event = $1", [late?.position]),
      [],
      "no workflow was asked",
    );
    await test.engine.eraseLateRows();
    assert.deepEqual(await typesOf(test, contact).then((types) => types.slice(-2)), ["contact_erased", "event_erased"]);
    assert.deepEqual(await whereIs(test.engine.db, CANARY), []);
    assert.equal(await test.engine.eraseLateRows(), 0);
  });

  it("delivered once more under the same id is the event that was erased, not a new one", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ dataFolder: folder.path });
    const [first] = await test.engine.append([form("delivery-1")]);
    await test.engine.idle();
    await test.engine.actions.eraseContact({ contact: first?.contact ?? "" }, { by: ANA });
    const [again] = await test.engine.append([form("delivery-1")]);
    assert.deepEqual(again, { position: first?.position, contact: first?.contact, isDuplicate: true });
    assert.deepEqual(await whereIs(test.engine.db, CANARY), []);
    const [other] = await test.engine.append([form("delivery-2")]);
    assert.equal(other?.isDuplicate, false);
  });

  it("is not listed; asked for by id it says that it was erased, and when", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ dataFolder: folder.path });
    const [first] = await test.engine.append([form()]);
    await test.engine.idle();
    await test.engine.actions.eraseContact({ contact: first?.contact ?? "" }, { by: ANA });
    await test.engine.idle();
    assert.deepEqual((await test.engine.queries.contacts({ limit: 10 })).contacts, []);
    const shown = await findContact(test.engine.db, first?.contact ?? "");
    assert.equal(shown?.facts.erasedAt, test.clock.now());
    assert.deepEqual(shown?.properties, {});
    assert.deepEqual(
      shown?.path.map(({ type }) => type),
      ["contact_erased"],
    );
  });

  it("a list that is being brought up to date just then does not write their words back", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ dataFolder: folder.path });
    const { engine } = test;
    const [appended] = await engine.append([form("1")]);
    await engine.idle();
    await engine.db.query("delete from contact_lines");
    let erasing: Promise<unknown> | undefined;
    await engine.db.transaction(async (tx) => {
      // As a turn does: it has read the contact, and has not committed.
      await tx.query("select from contact_lines_place for update");
      await tx.query("insert into contact_lines select l.* from contacts c cross join lateral line_of(c) l");
      erasing = engine.actions.eraseContact({ contact: appended?.contact ?? "" }, { by: ANA });
      const waits = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
      await Promise.race([erasing, until(async () => (await engine.db.query(waits)).length > 0)]);
    });
    await erasing;
    assert.deepEqual(await whereIs(engine.db, CANARY), []);
  });
});
