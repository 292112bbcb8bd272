/** Erasure and HubSpot: who is erased there is erased here by itself; who is erased here does not come back from there. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { eventually } from "../cli/cli.ts";
import { type CrmIn, type CrmInOptions, crmIn } from "../crm-in/crm-in.fixture.ts";
import { ADDRESS, CANARY, FIELDS, keyFolder, whereIs } from "./erasure.fixture.ts";

const ANA = "person:ana";
const THEIRS = { email: ADDRESS, firstname: FIELDS.firstname, company: FIELDS.company, jobtitle: FIELDS.jobtitle };

async function known(folder: string, options: CrmInOptions = {}): Promise<{ crm: CrmIn; contact: string; id: string }> {
  const crm = await crmIn({ ...options, config: { ...options.config, dataFolder: folder } });
  const id = await crm.make(THEIRS);
  await crm.settle();
  return { crm, id, contact: (await crm.contact(id))?.id ?? "" };
}

async function forgetThere({ api }: CrmIn, objectId: string): Promise<void> {
  const path = api.paths.privacyDelete();
  const answer = await api.request({ method: "POST", path, body: { objectId }, urgency: "normal", kind: "other" });
  assert.ok(answer.ok, JSON.stringify(answer));
}

const records = (crm: CrmIn) => [...(crm.simulator.account().tables.get("0-1")?.records.values() ?? [])];
/** How often the engine wrote contacts. */
const writes = async (crm: CrmIn) => {
  const answer = await fetch(`${crm.simulator.url}/__simulator/calls`);
  const { results } = (await answer.json()) as { results: { method: string; path: string }[] };
  return results.filter(({ method, path }) => method === "POST" && /contacts\/batch\/(create|update|upsert)/.test(path))
    .length;
};

describe("a contact erased in HubSpot for privacy", () => {
  it("is erased here by itself, is not made anew there, and nobody has to do anything", async () => {
    await using folder = await keyFolder();
    const { crm, contact, id } = await known(folder.path);
    await using _ = crm;
    assert.ok((await whereIs(crm.test.engine.db, CANARY)).length > 0);
    await forgetThere(crm, id);
    await crm.settle();
    await crm.test.engine.eraseLateRows();
    await crm.settle();
    assert.deepEqual(await whereIs(crm.test.engine.db, CANARY), []);
    const [fact] = await crm.events("contact_erased");
    assert.deepEqual([fact?.contact, fact?.actor, fact?.data], [contact, "agent:eraser", { because: "crm" }]);
    assert.equal(await crm.count("select count(*) from tasks"), 0);
    assert.equal(
      await crm.count("select count(*) from finished_tasks where kind = 'erase_contact' and state = 'COMPLETED'"),
      1,
    );
    assert.deepEqual(records(crm), []);
    assert.deepEqual(crm.test.errors, []);
  });

  it("is told of what led to it, step by step, without a word of theirs", async () => {
    await using folder = await keyFolder();
    const { crm, id } = await known(folder.path);
    await using _ = crm;
    await forgetThere(crm, id);
    await crm.settle();
    const [fact] = await crm.events("contact_erased");
    const { explainEvent } = await import("../../packages/millrace/src/queries/rows/why.ts");
    const { chain } = await explainEvent(crm.test.engine.db, fact?.position ?? 0);
    assert.deepEqual(
      chain.map(({ event: { type, data } }) => [type, data]),
      [
        ["event_erased", { was: "privacy_deletion_requested" }],
        ["contact_erased", { because: "crm" }],
      ],
    );
  });

  it("told again, or of a contact nobody knows, changes nothing", async () => {
    await using folder = await keyFolder();
    const { crm, id } = await known(folder.path);
    await using _ = crm;
    await forgetThere(crm, id);
    await crm.settle();
    const { hubspotEvent, signed } = await import("../crm-in/crm-in.fixture.ts");
    const url = `${crm.gateway.url}/webhooks/hubspot`;
    const again = [Number(id), 999_999].map((objectId, eventId) =>
      hubspotEvent({
        eventId: eventId + 700,
        subscriptionType: "contact.privacyDeletion",
        objectId,
        propertyName: undefined,
        propertyValue: undefined,
      }),
    );
    const answer = await fetch(url, signed(url, JSON.stringify(again), crm.test.clock.now()));
    assert.equal(answer.status, 204);
    await crm.settle();
    assert.equal((await crm.events("contact_erased")).length, 1);
    assert.equal(await crm.count("select count(*) from tasks"), 0);
    assert.deepEqual(crm.test.errors, []);
  });
});

describe("a contact erased here", () => {
  it("stays in HubSpot until a person has decided: they get a task that names the record, and nobody", async () => {
    await using folder = await keyFolder();
    const { crm, contact, id } = await known(folder.path);
    await using _ = crm;
    const { inHubspot } = await crm.test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
    assert.deepEqual(inHubspot, [id]);
    await crm.settle();
    assert.equal(records(crm).length, 1);
    const tasks = await crm.test.engine.db.query<{ kind: string; contact: null; payload: { hubspotIds: string[] } }>(
      "select kind, contact, payload from tasks",
    );
    assert.deepEqual(
      tasks.map((task) => [task.kind, task.contact, task.payload.hubspotIds]),
      [["manual_processing", null, [id]]],
    );
    await crm.test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
    assert.equal(await crm.count("select count(*) from tasks"), 1, "nobody is asked twice");
  });

  it("stands no longer in HubSpot's tasks of people, which are shown as done and without a name", async () => {
    await using folder = await keyFolder();
    const { crm, contact, id } = await known(folder.path);
    await using _ = crm;
    crm.test.clock.advance(60_000);
    await crm.edit(id, { lead_score: "90" });
    const tasks = () =>
      [...(crm.simulator.account().tables.get("0-27")?.records.values() ?? [])].map((record) =>
        Object.fromEntries(record.properties),
      );
    const named = () => tasks().filter((shown) => JSON.stringify(shown).toLowerCase().includes(CANARY));
    await eventually("the task is shown in HubSpot", () => named().length > 0);
    const count = tasks().length;
    await crm.test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
    await eventually("it is shown without a name", () => named().length === 0);
    assert.ok(tasks().length >= count, "they are there still");
    await crm.settle();
  });

  it("is erased in HubSpot too when `hubspot.eraseThere` says so", async () => {
    await using folder = await keyFolder();
    const { crm, contact } = await known(folder.path, { hubspot: { eraseThere: true } });
    await using _ = crm;
    await crm.test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
    await crm.settle();
    assert.deepEqual(records(crm), []);
    assert.equal(await crm.count("select count(*) from tasks"), 0);
    assert.equal(
      await crm.count("select count(*) from finished_tasks where kind = 'erase_in_crm' and state = 'COMPLETED'"),
      1,
    );
    assert.equal((await crm.events("contact_erased")).length, 1, "the echo erases nobody once more");
    assert.deepEqual(await whereIs(crm.test.engine.db, CANARY), []);
    assert.deepEqual(crm.test.errors, []);
  });

  it("is not written to any more, and does not come back by an edit, by polling or by an import", async () => {
    await using folder = await keyFolder();
    const { crm, contact, id } = await known(folder.path);
    await using _ = crm;
    await crm.hubspot.pollNow();
    await crm.test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
    await crm.settle();
    const written = await writes(crm);
    assert.ok(written > 0, "before, it was written to");
    crm.test.clock.advance(300_000);
    await crm.edit(id, { jobtitle: `CFO of ${CANARY}` });
    await crm.settle();
    await crm.hubspot.pollNow();
    await crm.settle();
    assert.equal((await crm.hubspot.importAll(false, () => {})).taken, 0);
    await crm.settle();
    assert.deepEqual(await whereIs(crm.test.engine.db, CANARY), []);
    const notes = (await crm.events("crm_change_noted")).filter(({ data }) => data.because === "erased");
    assert.ok(notes.length > 0 && notes.every(({ data }) => data.value === undefined));
    assert.equal(await writes(crm), written);
    assert.equal(await crm.count("select count(*) from contacts"), 1);
    assert.deepEqual(crm.test.errors, []);
  });

  it("who sends a form again is a new contact like any other, whom HubSpot's record then belongs to", async () => {
    await using folder = await keyFolder();
    const { crm, contact, id } = await known(folder.path);
    await using _ = crm;
    await crm.test.engine.actions.eraseContact({ contact: contact }, { by: ANA });
    await crm.settle();
    const [again] = await crm.test.engine.append([
      {
        type: "form_submitted",
        data: { form: "demo", fields: { email: ADDRESS, firstname: "Somebody", company: "Else" } },
      },
    ]);
    await crm.settle();
    assert.notEqual(again?.contact, contact);
    assert.deepEqual(
      records(crm).map((record) => [record.id, record.properties.get("company")]),
      [[id, "Else"]],
    );
    crm.test.clock.advance(300_000);
    await crm.edit(id, { jobtitle: "CFO" });
    await crm.settle();
    assert.equal((await crm.contact(id))?.id, again?.contact);
    assert.equal((await crm.contact(id))?.properties.jobtitle, "CFO");
    assert.deepEqual(await crm.count("select count(*) from emails where state = 'sent'"), 0);
  });
});
