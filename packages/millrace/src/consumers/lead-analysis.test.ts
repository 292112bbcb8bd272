import assert from "node:assert/strict";
import { test } from "node:test";
import { type AnalysedLead, analyseLeads } from "./lead-analysis.ts";

/** Leads of which only the seniority decides whether they convert; the industry says nothing. */
function history(count: number): AnalysedLead[] {
  return Array.from({ length: count }, (_, i) => {
    const seniority = (i % 4) * 10;
    const industry = (i % 5) * 4;
    const hasConverted = seniority >= 20 && i % 8 !== 2;
    return {
      band: seniority >= 20 ? "hot" : "low",
      score: seniority + industry,
      features: { seniority, industry },
      hasConverted,
    };
  });
}

test("the conversion of each band and of all leads is counted", () => {
  const { all, bands } = analyseLeads(history(200));
  assert.deepEqual(all, { leads: 200, converted: 75, rate: 0.375 });
  assert.equal(bands.hot?.leads, 100);
  assert.equal(bands.low?.converted, 0);
});

test("a feature that tells converted leads from others gets the points, one that does not loses them; the evidence is shown", () => {
  const { features, because } = analyseLeads(history(400));
  assert.equal(because, undefined);
  const seniority = features.find((feature) => feature.feature === "seniority");
  const industry = features.find((feature) => feature.feature === "industry");
  assert.ok((seniority?.suggestedMaxPoints ?? 0) > 40, `${seniority?.suggestedMaxPoints} of 46`);
  assert.ok((industry?.suggestedMaxPoints ?? 99) < 6);
  assert.ok((seniority?.above.rate ?? 0) > (seniority?.below.rate ?? 1));
});

test("nothing is suggested from too few leads, and it says how many are needed", () => {
  const { features, because } = analyseLeads(history(60));
  assert.match(because ?? "", /100 scored leads and 20 conversions/);
  assert.ok(features.every((feature) => feature.suggestedMaxPoints === undefined));
  assert.deepEqual(analyseLeads([]).all, { leads: 0, converted: 0, rate: 0 });
});

test("the same leads always give the same answer, whatever their order says about time", () => {
  assert.deepEqual(analyseLeads(history(300)), analyseLeads(history(300)));
});
