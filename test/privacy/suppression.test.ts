/** Who was erased is not written to again, whoever types their address, and nothing of their mail is kept. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { mailServer } from "../servers/smtp.ts";
import { ADDRESS, CANARY, keyFolder, whereIs } from "./erasure.fixture.ts";

const agents = [scoresByPoints, findsNothing];
const theirs = (address = ADDRESS) => formSubmitted({ email: address, points: 90, firstname: "Ada" });

/** @returns their contact, erased. */
async function erased({ engine }: TestEngine): Promise<string> {
  const [first] = await engine.append([theirs()]);
  await engine.idle();
  await engine.actions.eraseContact({ contact: first?.contact ?? "" }, { by: "person:ana" });
  await engine.idle();
  return first?.contact ?? "";
}

for (const [channel, mail] of [
  ["a mail server", true],
  ["the local mailbox", false],
] as const) {
  describe(`an erased person who sends a form again, with ${channel}`, () => {
    it("is a new contact, and gets no letter: neither thanks nor an offer; people see them", async () => {
      await using folder = await keyFolder();
      await using smtp = await mailServer();
      const config: MillraceConfig = { agents, dataFolder: folder.path, ...(mail && { mail: { smtpUrl: smtp.url } }) };
      await using test = await testEngine(config);
      const before = await erased(test);
      const sent = smtp.recipients().length;
      assert.equal(sent > 0, mail, "before, letters went out");
      // In another writing: it is the same person.
      const [again] = await test.engine.append([theirs(ADDRESS.toUpperCase()), theirs("bob@acme.example")]);
      await test.engine.idle();
      assert.notEqual(again?.contact, before);
      const letters = await test.engine.db.query<{ state: string; reason: string }>(
        "select distinct state, reason from emails where contact = $1",
        [again?.contact],
      );
      assert.ok(letters.every(({ state }) => state === "suppressed"));
      const [held] = await test.engine.db.query<{ error: string }>(
        "select error from finished_tasks where contact = $1 and kind = 'send_email' limit 1",
        [again?.contact],
      );
      assert.match(held?.error ?? "", /asked to be forgotten/);
      const alerts = await test.engine.db.query("select 1 from alerts where contact = $1 and name = 'hot_lead'", [
        again?.contact,
      ]);
      assert.equal(alerts.length, 1);
      const toBob = await test.engine.db.query(
        "select 1 from emails where recipient = 'bob@acme.example' and state = 'sent'",
      );
      assert.ok(toBob.length > 0, "others are written to as ever");
      assert.ok(!smtp.recipients().slice(sent).includes(ADDRESS));
      assert.deepEqual(test.errors, []);
    });
  });
}

describe("a mailer in another process", () => {
  it("asks as it sends: who was erased a moment ago elsewhere gets nothing", async () => {
    await using folder = await keyFolder();
    await using smtp = await mailServer();
    const mail = { smtpUrl: smtp.url };
    await using test = await testEngine({ agents, dataFolder: folder.path, mail }, { roles: ["engine"] });
    const other = await openEngine(
      { databaseUrl: test.url, dataFolder: folder.path, agents, mail },
      { clock: test.clock, roles: ["worker"] },
    );
    const [first] = await test.engine.append([theirs()]);
    await other.idle();
    const sent = smtp.recipients().length;
    assert.ok(sent > 0);
    await Promise.all([
      test.engine.actions
        .eraseContact({ contact: first?.contact ?? "" }, { by: "person:ana" })
        .then(() => test.engine.append([theirs()])),
      other.idle(),
    ]);
    await other.idle();
    await test.engine.idle();
    await other.stop();
    assert.equal(smtp.recipients().length, sent);
  });
});

describe("an e-mail from an erased person", () => {
  it("is noted without their name or words, and nothing is told of it", async () => {
    await using folder = await keyFolder();
    await using test = await testEngine({ agents, dataFolder: folder.path });
    await erased(test);
    const raw = (from: string) =>
      Buffer.from(`From: Ada <${from}>\r\nMessage-ID: <${from}>\r\nSubject: ${CANARY}?\r\n\r\nWhy, ${CANARY}?\r\n`);
    await test.engine.mail.take(raw(ADDRESS));
    await test.engine.mail.take(raw("bob@acme.example").subarray());
    await test.engine.idle();
    const kept = await test.engine.db.query(
      "select sender, subject, state, why, contact from inbound_mail order by id limit 1",
    );
    assert.deepEqual(kept, [
      { sender: "", subject: "", state: "ignored", why: "from a person whose data was erased", contact: null },
    ]);
    assert.deepEqual(await whereIs(test.engine.db, ADDRESS), []);
    const [bob] = await test.engine.db.query("select 1 from inbound_mail where sender = 'bob@acme.example'");
    assert.ok(bob, "a letter of anybody else is kept");
  });
});

describe("the key by which erased people are recognised", () => {
  it("is asked for by every process once somebody was erased: with another one, or none, nothing starts", async () => {
    await using folder = await keyFolder();
    await using other = await keyFolder();
    await using test = await testEngine({ agents, dataFolder: folder.path });
    const start = (dataFolder?: string) =>
      openEngine({ databaseUrl: test.url, ...(dataFolder && { dataFolder }) }, { clock: test.clock });
    const early = await start(other.path);
    await early.stop();
    await erased(test);
    await assert.rejects(start(other.path), { code: "invalid_config" });
    await assert.rejects(start(), { code: "invalid_config" });
    const same = await start(folder.path);
    await same.stop();
  });

  it("cannot be found out from the database: the hash of an address is another one in another installation", async () => {
    const hashes: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      await using folder = await keyFolder();
      await using test = await testEngine({ agents, dataFolder: folder.path });
      await erased(test);
      hashes.push(await test.engine.db.query("select hash from suppressions where kind = 'email'"));
    }
    assert.notDeepEqual(hashes[0], hashes[1]);
  });
});
