/** What a model says of work that failed: what may be shown to the person, and what may not. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkedSummary, summaryQuestion } from "./work-summary.ts";

const failure = "sync_crm (task 12) failed: HubSpot answered 401 for ada@acme.example";
const events = [
  {
    position: 40,
    type: "form_submitted",
    occurredAt: 0,
    data: { form: "demo", fields: { email: "ada@acme.example" } },
  },
  {
    position: 47,
    type: "task_failed",
    occurredAt: 9,
    data: { kind: "sync_crm", task: 12, error: "HubSpot answered 401" },
  },
];
const check = (text: string, named: number[]) =>
  checkedSummary({ sentences: [{ text, events: named }] }, failure, events);

describe("the summary of a failure", () => {
  it("keeps sentences that rest on the events they name", () => {
    const text = "HubSpot answered 401, so sync_crm failed after the form.";
    assert.deepEqual(check(text, [40, 47]), { sentences: [{ text, events: [40, 47] }], dropped: [] });
  });

  const cases: readonly (readonly [name: string, text: string, named: number[], why: RegExp])[] = [
    ["that names no event", "HubSpot answered 401.", [], /no event/],
    ["that names an event of nowhere", "HubSpot answered 401.", [47, 99], /no event/],
    ["with a number of nowhere", "HubSpot answered 500.", [47], /number 500/],
    ["with a name of nowhere", "It is the fault of Globex.", [47], /Globex/],
    ["with an address", "Write to eve@evil.example about the form.", [40], /address/],
  ];
  for (const [name, text, named, why] of cases)
    it(`leaves out one ${name}`, () => {
      const { sentences, dropped } = check(text, named);
      assert.deepEqual(sentences, []);
      assert.match(dropped.join("\n"), why);
    });

  it("is asked for without addresses and without what people wrote", () => {
    assert.doesNotMatch(summaryQuestion(failure, events).data, /@/);
  });
});
