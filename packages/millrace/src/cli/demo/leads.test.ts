/** The made-up leads of the demo, judged by the real lead qualifier. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { emailKind } from "../../agents/data-enricher/email-kind.ts";
import { scoreLead } from "../../agents/lead-qualifier/score-lead.ts";
import { domainOf, parseEmailAddress } from "../../base/email-address.ts";
import { BAND_NAMES, bandOf } from "../../contacts/score-bands.ts";
import { missionEvents } from "../../events/mission-events.ts";
import { type DemoLead, demoLeads } from "./leads.ts";

function bandOfLead({ form, fields }: DemoLead) {
  const facts = { createdAt: 0, forms: { count: 1, last: form, lastAt: 0 } };
  return bandOf(scoreLead({ id: "demo", properties: fields, facts }).score);
}

test("of many leads about 10 % are hot, 20 % qualified, 50 % nurture and 20 % low", () => {
  const wanted = { hot: 10, qualified: 20, nurture: 50, low: 20 };
  for (const seed of [1, 2, 3]) {
    const bands = demoLeads(2_000, seed).map(bandOfLead);
    for (const name of BAND_NAMES) {
      const percent = bands.filter((band) => band === name).length / 20;
      assert.ok(Math.abs(percent - wanted[name]) < 4, `seed ${seed}: ${percent} % ${name}`);
    }
  }
});

test("the same seed brings the same leads, another one other people", () => {
  assert.deepEqual(demoLeads(50, 7), demoLeads(50, 7));
  assert.deepEqual(demoLeads(50, 7).slice(0, 20), demoLeads(20, 7));
  const addresses = new Set([...demoLeads(500, 7), ...demoLeads(500, 8)].map(({ fields }) => fields.email));
  assert.equal(addresses.size, 1_000);
});

test("every lead is a form the engine takes, with an address that can belong to nobody or is free mail", () => {
  for (const { form, fields, context } of demoLeads(500, 3)) {
    assert.ok(missionEvents.form_submitted.schema.safeParse({ form, fields, context }).success, JSON.stringify(fields));
    const address = parseEmailAddress(String(fields.email));
    assert.ok(address !== undefined, String(fields.email));
    assert.ok(domainOf(address).endsWith(".example") || emailKind(address) === "free", address);
  }
});
