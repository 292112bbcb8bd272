import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EventCatalogue } from "../events/catalogue.ts";
import { defaultPack } from "../flows/default-pack.ts";
import { TaskCatalogue } from "../tasks/catalogue.ts";
import { bandRanges, entered, when } from "./condition.ts";
import { lintWorkflows } from "./lint.ts";
import {
  addToList,
  alert,
  alt,
  batched,
  branch,
  email,
  emit,
  on,
  onCompleted,
  opt,
  otherwise,
  par,
  type Step,
  schedule,
  stop,
  type Trigger,
  task,
  workflow,
} from "./workflow.ts";

const catalogues = { events: new EventCatalogue(), tasks: new TaskCatalogue() };
const bands = bandRanges();

function findingsOf(...triggers: Trigger[]) {
  return lintWorkflows([workflow("w", {}, triggers)], catalogues);
}

describe("a workflow is refused with file, line and the nearest name when it", () => {
  const isDemo = when<"form_submitted">("is a demo", ({ event }) => event.data.form === "demo");
  const cases: { name: string; code: string; says: RegExp; trigger: () => Trigger }[] = [
    {
      name: "waits for an event nobody knows",
      code: "unknown_event",
      says: /"form_submited".*Did you mean "form_submitted"\?/,
      trigger: () => on("form_submited" as "form_submitted", stop("x")),
    },
    {
      name: "asks for a task nobody knows",
      code: "unknown_task_kind",
      says: /"qualify_leed".*Did you mean "qualify_lead"\?/,
      trigger: () => on("form_submitted", task("qualify_leed" as "qualify_lead")),
    },
    {
      name: "states an event nobody knows",
      code: "unknown_event",
      says: /"contact_listd"/,
      trigger: () => on("form_submitted", emit("contact_listd" as "contact_listed", { list: "x" })),
    },
    {
      name: "states an event with data that does not fit",
      code: "invalid_data",
      says: /list/,
      trigger: () => on("form_submitted", emit("contact_listed", { lst: "x" } as never)),
    },
    {
      name: "has a branch behind otherwise",
      code: "unreachable_branch",
      says: /"late" can never be taken/,
      trigger: () => on("form_submitted", alt(otherwise(stop("x")), branch("late", isDemo, stop("y")))),
    },
    {
      name: "asks the same twice",
      code: "unreachable_branch",
      says: /"again" can never be taken: "first" asks the same/,
      trigger: () => on("form_submitted", alt(branch("first", isDemo, stop("x")), branch("again", isDemo, stop("y")))),
    },
    {
      name: "tests a band that lies within one tested before (the mission's > 70 before > 85)",
      code: "unreachable_branch",
      says: /"hot" can never be taken: every such score is taken by "above 70"/,
      trigger: () => {
        const above70 = { ...bands.qualified, name: "above 70", to: 100 };
        return on(
          "lead_score_updated",
          alt(branch("above 70", entered(above70), stop("x")), branch("hot", entered(bands.hot), stop("y"))),
        );
      },
    },
  ];
  const wrong: readonly [name: string, step: () => unknown, says: RegExp][] = [
    [
      "has a misspelt priority",
      () => task("qualify_lead", { priority: "HIHG" as "HIGH" }),
      /task: priority is "HIHG"\. Did you mean "HIGH"\? Expected: one of "URGENT"/,
    ],
    [
      "has a duration that is none",
      () => task("qualify_lead", { dueIn: "2 fortnights" as "2d" }),
      /dueIn is "2 fortnights"\. Expected: a number and a unit, like "90s"/,
    ],
    [
      "has an option that there is not",
      () => task("qualify_lead", { dueInn: "2d" } as never),
      /there is no option "dueInn"\. Did you mean "dueIn"\?/,
    ],
    ["has a merge key of another type", () => task("qualify_lead", { mergeKey: 5 } as never), /mergeKey is 5/],
    [
      "sends an e-mail once per something",
      () => email("thank_you", { once: "submision" as "submission" }),
      /email: once is "submision"\. Did you mean "submission"\?/,
    ],
    [
      "sends an e-mail for a purpose there is not",
      () => email("thank_you", { once: "contact", purpose: "outrech" as "outreach" }),
      /purpose is "outrech"\. Did you mean "outreach"\?/,
    ],
    [
      "alerts with values that are no function",
      () => alert("sales", "hot_lead", { values: {} as never }),
      /alert: values is an object\. Expected: a function/,
    ],
    [
      "sets a timer by a duration that is none",
      () => schedule("contact_listed", { after: "soon" as "1d", key: "k", data: { list: "x" } }),
      /schedule: after is "soon"\. Expected: a number and a unit/,
    ],
    [
      "names a condition that is none",
      () => opt("x", "demo" as never, stop("x")),
      /opt: branch\.condition is "demo"\. Expected: a condition/,
    ],
    [
      "has a condition that is a bare function",
      () => alt(branch("x", (() => true) as never, stop("x"))),
      /alt: branches\.0\.condition is a function\. Expected: a condition, made with when\(\)/,
    ],
    ["has a step that was not called", () => par(stop as never), /par: steps\.0 is a function\. Expected: a step/],
    ["stops for no reason", () => stop(undefined as never), /stop: because is missing/],
    ["has something among its steps that is none", () => "qualify_lead", /Something in "form_submitted" is no step/],
  ];
  for (const [name, step, says] of wrong)
    cases.push({ name, code: "invalid_option", says, trigger: () => on("form_submitted", step() as Step) });

  for (const given of cases) {
    it(given.name, () => {
      const errors = findingsOf(given.trigger()).filter((finding) => finding.level === "error");
      assert.equal(errors.length, 1, JSON.stringify(errors));
      assert.equal(errors[0]?.code, given.code);
      assert.match(errors[0]?.message ?? "", given.says);
      assert.match(errors[0]?.at ?? "", /lint\.test\.ts:\d+:\d+$/);
    });
  }

  it("has the name of another", () => {
    const findings = lintWorkflows([workflow("w", {}, []), workflow("w", {}, [])], catalogues);
    assert.deepEqual(
      findings.map((finding) => finding.code),
      ["duplicate_name"],
    );
  });
});

describe("a workflow is warned of", () => {
  it("bands that share scores", () => {
    const wide = { ...bands.nurture, name: "wide", to: 75 };
    const steps: Step = alt(
      branch("qualified", entered(bands.qualified), stop("x")),
      branch("wide", entered(wide), addToList("y")),
    );
    assert.deepEqual(
      findingsOf(on("lead_score_updated", steps)).map((finding) => [finding.level, finding.code]),
      [["warning", "overlapping_bands"]],
    );
  });
});

describe("the default pack", () => {
  it("has nothing to find fault with", () => {
    assert.deepEqual(lintWorkflows(defaultPack(), catalogues), []);
  });
});

it("two buffers of one name, and a buffer of an event nobody has declared, are refused", () => {
  const one = workflow("one", {}, [batched("bulk", { types: ["email_opened"] })]);
  const two = workflow("two", {}, [batched("bulk", { types: ["email_openend"] })]);
  const codes = lintWorkflows([one, two], catalogues).map((finding) => finding.code);
  assert.deepEqual(codes, ["duplicate_name", "unknown_event"]);
});

describe("branches with named numeric conditions", () => {
  const limit = 85;
  const over70 = when<"lead_score_updated">("over 70", ({ event }) => (event.data.to ?? 0) > 70);
  const over85 = when<"lead_score_updated">("over 85", ({ event }) => (event.data.to ?? 0) > limit);
  const asWhole = when<"lead_score_updated">("over 90", (facts) => Number(facts.event.data.to) > 90);
  const from60To80 = when<"lead_score_updated">(
    "60 to 80",
    ({ event: { data } }) => Number(data.to) >= 60 && Number(data.to) <= 80,
  );
  const between = (from: number, to: number) =>
    when<"lead_score_updated">(
      `${from} to ${to}`,
      ({ event }) => (event.data.to ?? 0) >= from && (event.data.to ?? 0) <= to,
    );
  const large = when<"contact_created">("large", ({ after }) => Number(after?.properties.numberofemployees) > 1_000);
  const huge = when<"contact_created">("huge", ({ after }) => Number(after?.properties.numberofemployees) > 50_000);
  const here = when<"lead_score_updated">(
    "over 70 in Germany",
    ({ event, after }) => (event.data.to ?? 0) > 70 && after?.properties.country === "Germany",
  );
  const codes = (...triggers: Trigger[]) => findingsOf(...triggers).map(({ code, level }) => `${level} ${code}`);
  const score = (...conditions: (typeof over70)[]) =>
    on("lead_score_updated", alt(...conditions.map((one) => branch(one.name, one, stop(one.name)))));

  it("the document's own contradiction, over 70 before over 85, is refused with the branch that takes all", () => {
    const [finding, ...more] = findingsOf(score(over70, over85));
    assert.deepEqual(more, []);
    assert.equal(finding?.code, "unreachable_branch");
    assert.match(finding?.message ?? "", /every such event\.data\.to is taken by "over 70" before it/);
  });

  const cases: readonly (readonly [name: string, triggers: () => Trigger, expected: readonly string[]])[] = [
    ["over 85 before over 70 is as it should be", () => score(over85, over70), []],
    ["the facts by one name", () => score(over70, asWhole), ["error unreachable_branch"]],
    [
      "two branches that take all together",
      () => score(between(0, 50), between(50, 100), between(40, 60)),
      ["warning overlapping_bands", "error unreachable_branch"],
    ],
    [
      "two branches with a gap between them, in which scores with fractions lie",
      () => score(between(0, 49.5), between(50, 100), between(40, 60)),
      ["warning overlapping_bands"],
    ],
    ["ranges that share numbers", () => score(between(60, 80), between(70, 90)), ["warning overlapping_bands"]],
    ["ranges that only touch no number of the other", () => score(between(60, 70), between(70.5, 90)), []],
    [
      "the engine's own band behind a condition that takes it",
      () => score(over70, entered(bands.hot)),
      ["error unreachable_branch"],
    ],
    [
      "a condition behind the engine's own band, which fires on entering only",
      () => score(entered(bands.hot), over85),
      [],
    ],
    ["a condition that asks for something else too covers nothing", () => score(here, over85), []],
    ["a number taken apart by its name is left alone", () => score(from60To80, over85), []],
    [
      "another number of the contact",
      () => on("contact_created", alt(branch("large", large, stop("a")), branch("huge", huge, stop("b")))),
      ["error unreachable_branch"],
    ],
  ];
  for (const [name, triggers, expected] of cases) it(name, () => assert.deepEqual(codes(triggers()), expected));
});

describe("a loop", () => {
  const emits = new Map([["requalify_lead", ["contact_updated"]]]);
  const loopsOf = (...triggers: Trigger[]) =>
    lintWorkflows([workflow("mine", {}, triggers)], { ...catalogues, emits }).filter(({ code }) =>
      code.endsWith("_loop"),
    );
  const isNew = when<"contact_enriched">("is new", ({ before }) => before === undefined);

  /** The mission's own three: data that asks for a scoring that changes data; enrichment and scoring that ask for each other; hot and cold. */
  const cases: readonly (readonly [name: string, triggers: readonly Trigger[], path: RegExp])[] = [
    [
      "a change asks for a scoring whose agent changes the contact",
      [
        on("contact_updated", emit("data_quality_issue", { issue: "x" })),
        on("data_quality_issue", task("requalify_lead")),
      ],
      /contact_updated → \[mine\] → data_quality_issue → \[mine\] → task requalify_lead → contact_updated/,
    ],
    [
      "enrichment asks for a scoring, and a scoring for an enrichment",
      [on("contact_enriched", task("qualify_lead")), on("contact_scored", task("enrich_data"))],
      /contact_enriched → \[mine\] → task qualify_lead → contact_scored → \[mine\] → task enrich_data → contact_enriched/,
    ],
    [
      "hot is answered with cold, and cold with hot",
      [
        on("hot_prospect", emit("cold_prospect", { engagement: 1 })),
        on("cold_prospect", emit("hot_prospect", { engagement: 9 })),
      ],
      /hot_prospect → \[mine\] → cold_prospect → \[mine\] → hot_prospect/,
    ],
    [
      "a task of each kind done asks for the other",
      [onCompleted("requalify_lead", task("enrich_data")), onCompleted("enrich_data", task("requalify_lead"))],
      /task_completed of requalify_lead → \[mine\] → task enrich_data → task_completed of enrich_data → \[mine\] → task requalify_lead/,
    ],
  ];
  for (const [name, triggers, path] of cases) {
    it(`in which ${name} is refused before it runs, with its path`, () => {
      const [finding, ...more] = loopsOf(...triggers);
      assert.deepEqual(more, []);
      assert.equal(finding?.level, "error");
      assert.match(finding?.message ?? "", path);
    });
  }

  it("of one agent, which ignores what it caused itself, is shown, and let pass", () => {
    const [finding, ...more] = loopsOf(on("contact_updated", task("requalify_lead")));
    assert.deepEqual(more, []);
    assert.deepEqual([finding?.level, finding?.code], ["warning", "possible_loop"]);
  });

  it("with a condition in it is shown, and let pass", () => {
    const [finding] = loopsOf(
      on("contact_enriched", opt("new", isNew, task("qualify_lead"))),
      on("contact_scored", task("enrich_data")),
    );
    assert.deepEqual([finding?.level, finding?.code], ["warning", "possible_loop"]);
  });

  it("of timers is a rhythm, and one task's end that asks for another kind is none", () => {
    assert.deepEqual(
      loopsOf(
        on("hot_prospect", schedule("cold_prospect", { after: "1d", key: "k", data: { engagement: 1 } })),
        on("cold_prospect", emit("hot_prospect", { engagement: 9 })),
        onCompleted("qualify_lead", task("enrich_data")),
      ),
      [],
    );
  });

  it("is not in the default pack", () => {
    const found = lintWorkflows(defaultPack({}, { crm: true }), catalogues);
    assert.deepEqual(found, []);
  });
});
