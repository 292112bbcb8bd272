/** What comes back of our own writes is noted once for a record, and is a small part of the log. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { formSubmitted } from "../factories/engine.ts";
import { crmIn } from "./crm-in.fixture.ts";

/** Of the log; one event for each property of each echo was a fifth of it (1,474 of 7,300 events). */
const MAX_OF_THE_LOG = 0.1;
const LEADS = 30;
const TITLES = ["CTO", "Head of Sales", "Consultant", "Intern", "CEO"];

const lead = (i: number) => ({
  email: `lead${i}@company${i}.example`,
  firstname: "Ada",
  company: `Company ${i}`,
  jobtitle: TITLES[i % TITLES.length] ?? "CTO",
  numberofemployees: i % 2 === 0 ? "2000" : "12",
});

describe("echoes in the log", () => {
  for (const [name, webhookBatching] of [
    ["each change in a webhook of its own", 0],
    ["changes that come together", 20],
  ] as const)
    it(`${name}: 30 leads from forms, enriched, scored, written to and edited by a person`, async (t) => {
      await using crm = await crmIn({ simulator: { webhooks: { batchWindowMs: webhookBatching } } });
      await crm.test.engine.append(Array.from({ length: LEADS }, (_, i) => formSubmitted(lead(i))));
      await crm.settle();
      const records = [...(crm.simulator.account().tables.get("0-1")?.records.keys() ?? [])];
      assert.equal(records.length, LEADS, "every lead stands in HubSpot");
      for (const id of records.slice(0, 10)) await crm.edit(id, { jobtitle: "Chief Revenue Officer" });
      await crm.settle();
      crm.test.clock.advance(600_000);
      await crm.settle();
      const echoes = await crm.count("select count(*) from events where type = 'crm_change_noted'");
      const all = await crm.count("select count(*) from events");
      t.diagnostic(`${echoes} of ${all} events (${((100 * echoes) / all).toFixed(1)} %)`);
      assert.ok(echoes > 0, "echoes are noted");
      assert.ok(echoes / all < MAX_OF_THE_LOG, `${echoes} of ${all} events are echoes`);
    });
});
