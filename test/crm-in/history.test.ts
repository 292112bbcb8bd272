/** Values that come late, after an outage, are judged in the order in which they were true. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type CrmIn, type CrmInOptions, crmIn, hubspotEvent, signed } from "./crm-in.fixture.ts";

const CONTACTS = 20;
const MINUTE_MS = 60_000;

interface Edit {
  readonly id: string;
  readonly value: string;
  readonly at: number;
}

/** Contacts with a score of 50 whom we know; then no one hears of what happens in HubSpot: 60, 90, 65. */
async function outage(options: CrmInOptions = {}, count = CONTACTS): Promise<CrmIn & { edits: readonly Edit[] }> {
  const crm = await crmIn(options);
  if (options.webhooks === false) await crm.hubspot.pollNow();
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    ids.push(await crm.make({ email: `lead${i}@acme.example`, firstname: `Lead ${i}`, lead_score: "50" }));
  }
  await crm.settle();
  if (options.webhooks === false) await crm.hubspot.pollNow();
  await crm.settle();
  crm.simulator.webhooks.delivery.settings.targetUrl = undefined;
  const edits: Edit[] = [];
  for (const value of ["60", "90", "65"]) {
    crm.test.clock.advance(5 * MINUTE_MS);
    for (const id of ids) {
      await crm.edit(id, { lead_score: value });
      edits.push({ id, value, at: crm.test.clock.now() });
    }
  }
  crm.test.clock.advance(5 * MINUTE_MS);
  return { ...crm, edits };
}

/** HubSpot's retries, one delivery for each change. */
async function deliver(crm: CrmIn, edits: readonly Edit[]): Promise<void> {
  const url = `${crm.gateway.url}/webhooks/hubspot`;
  for (const { id, value, at } of edits) {
    const event = hubspotEvent({
      objectId: Number(id),
      propertyName: "lead_score",
      propertyValue: value,
      occurredAt: at,
      attemptNumber: 3,
    });
    const { status } = await fetch(url, signed(url, JSON.stringify([event]), crm.test.clock.now()));
    assert.equal(status, 204);
    await crm.settle();
  }
}

async function scoresOf(crm: CrmIn, id: string): Promise<readonly number[]> {
  const { id: contact = "" } = (await crm.contact(id)) ?? {};
  const changes = await crm.events("lead_score_updated");
  return changes.filter((event) => event.contact === contact).map(({ data }) => data.to);
}

const crossings = (crm: CrmIn) => crm.count("select count(*) from tasks where kind = 'human_review'");

describe("20 contacts edited 50 → 60 → 90 → 65 while the engine is down", () => {
  for (const [name, order] of [
    ["in the order in which they were made", (edits: readonly Edit[]) => edits],
    ["the newest first", (edits: readonly Edit[]) => edits.toReversed()],
    ["the newest alone, the others never", (edits: readonly Edit[]) => edits.filter(({ value }) => value === "65")],
  ] as const) {
    it(`${name}: 20 cross into hot, and each value is recorded once`, { timeout: 120_000 }, async () => {
      await using crm = await outage();
      await deliver(crm, order(crm.edits));
      assert.equal(await crossings(crm), CONTACTS);
      for (const { id } of crm.edits.slice(0, CONTACTS)) {
        assert.deepEqual((await scoresOf(crm, id)).slice(-3), [60, 90, 65]);
        assert.equal((await crm.contact(id))?.properties.lead_score, 65);
      }
      assert.deepEqual(crm.test.errors, []);
    });
  }

  it("and asked for by polling: 20 cross into hot, by the person who made the edit", async () => {
    await using crm = await outage({ webhooks: false, hubspot: { pollEveryMs: 0 } });
    await crm.hubspot.pollNow();
    await crm.settle();
    assert.equal(await crossings(crm), CONTACTS);
    const [updated] = await crm.events("contact_updated");
    assert.equal(updated?.actor, "hubspot:7");
    assert.deepEqual(await crm.hubspot.pollNow(), 0);
  });
});

describe("the history of a property", () => {
  it("that HubSpot does not give leaves what came as it is", async () => {
    await using crm = await outage({}, 1);
    crm.simulator.faults.set({ serverError: 1 } as never);
    await deliver(crm, crm.edits.slice(-1));
    crm.simulator.faults.reset();
    assert.deepEqual((await scoresOf(crm, crm.edits[0]?.id ?? "")).slice(-1), [65]);
  });

  it("is not asked for while webhooks are in time", async () => {
    await using crm = await crmIn();
    const id = await crm.make({ email: "ada@acme.example", lead_score: "50" });
    await crm.settle();
    const reads = () => crm.simulator.calls.latest(1_000).filter(({ path }) => path.endsWith("/batch/read")).length;
    const before = reads();
    crm.test.clock.advance(MINUTE_MS);
    await crm.edit(id, { lead_score: "60" });
    await crm.settle();
    assert.equal(reads(), before);
  });

  it("with what we wrote ourselves in it brings only what others set", async () => {
    await using crm = await outage({}, 1);
    const [{ id = "" } = {}] = crm.edits;
    const answer = await crm.api.request({
      method: "POST",
      path: crm.api.paths.batch("contacts", "update"),
      body: { inputs: [{ id, properties: { lead_score: "99" } }] },
      urgency: "normal",
      kind: "other",
    });
    assert.ok(answer.ok);
    crm.test.clock.advance(5 * MINUTE_MS);
    await crm.edit(id, { lead_score: "64" });
    const at = crm.test.clock.now();
    crm.test.clock.advance(5 * MINUTE_MS);
    await deliver(crm, [{ id, value: "64", at }]);
    assert.deepEqual((await scoresOf(crm, id)).slice(-4), [60, 90, 65, 64]);
  });
});
