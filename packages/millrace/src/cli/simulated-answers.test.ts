/** What the simulated model says passes the rules, so that a newcomer sees something: e-mails, scores and failures in words. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkDraft, type ModelEmail } from "../agents/draft-writer/check-draft.ts";
import { draftFacts } from "../agents/draft-writer/draft-facts.ts";
import { draftQuestion } from "../agents/draft-writer/draft-prompt.ts";
import { checkedWords, type ScoreWords, scoreQuestion } from "../agents/lead-qualifier/score-words.ts";
import { checkedSummary, summaryQuestion, type WorkSummary } from "../agents/summariser/work-summary.ts";
import { Templates } from "../email/compose/templates.ts";
import { simulatedAnswer } from "./simulated-answers.ts";

const contact = {
  id: "1",
  properties: { firstname: "Ada", company: "Acme Systems", message: "We decide in May." },
  facts: { createdAt: 0 },
};
const asked = (data: string) =>
  simulatedAnswer({ model: "m", max_tokens: 100, messages: [{ role: "user", content: data }] })?.json;

describe("the simulated model", () => {
  for (const name of ["outreach", "outreach_2", "outreach_3", "outreach_4", "nurture_1", "nurture_2"])
    it(`writes an e-mail for the template ${name} that passes the rules`, () => {
      const template = new Templates().render(name, contact);
      const facts = draftFacts({ contact, template, about: ["We route each lead to a colleague."], page: undefined });
      const message = asked(draftQuestion({ facts, template }).data) as ModelEmail;
      const checked = checkDraft(message, { facts, template, links: [], banned: [], maxCharacters: 1_200 });
      assert.ok(checked.ok, JSON.stringify(checked));
    });

  it("says a score in the rubric's words, and what the lead wrote", () => {
    const scoring = {
      score: 80,
      band: "qualified",
      reasons: [{ feature: "size", points: 80, because: "300 employees" }],
    };
    const said = asked(scoreQuestion(scoring, contact).data) as ScoreWords;
    const { sentences, beyond, dropped } = checkedWords(said, scoring, contact);
    assert.deepEqual([sentences, beyond.length, dropped], [["Most points come from this: 300 employees."], 1, []]);
  });

  it("says what failed, with its event", () => {
    const events = [{ position: 7, type: "task_failed", occurredAt: 0, data: { error: "HubSpot answered 401" } }];
    const said = asked(summaryQuestion("sync_crm (task 3) failed: HubSpot answered 401", events).data) as WorkSummary;
    const { sentences, dropped } = checkedSummary(said, "sync_crm (task 3) failed: HubSpot answered 401", events);
    assert.deepEqual([sentences.length, sentences[0]?.events, dropped], [1, [7], []]);
  });
});
