import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { templateNames } from "../email/compose/default-templates.ts";
import { EventCatalogue } from "../events/catalogue.ts";
import { defaultPack } from "../flows/default-pack.ts";
import { TaskCatalogue } from "../tasks/catalogue.ts";
import { bandRanges, entered, not, when } from "./condition.ts";
import { lintWorkflows } from "./lint.ts";
import { above, atLeast, atMost, below, between } from "./number-conditions.ts";
import {
  addToList,
  alert,
  alt,
  batched,
  branch,
  email,
  emit,
  on,
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

const catalogues = { events: new EventCatalogue(), tasks: new TaskCatalogue(), templates: templateNames() };
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
      name: "sends a template nobody knows",
      code: "unknown_template",
      says: /"outreech".*Did you mean "outreach"\?/,
      trigger: () => on("form_submitted", email("outreech", { once: "contact" })),
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
  const above70 = when<"lead_score_updated">("> 70", ({ event }) => (event.data.to ?? 0) > 70);
  const above85 = when<"lead_score_updated">("> 85", ({ event }) => (event.data.to ?? 0) > 85);
  const size = "numberofemployees";
  const neverTaken: readonly [name: string, says: RegExp, trigger: () => Trigger][] = [
    [
      "tests > 70 before > 85, in own words",
      /"hot" can never be taken: every such event\.data\.to \?\? 0 is taken by "warm" before it/,
      () => on("lead_score_updated", alt(branch("warm", above70, stop("x")), branch("hot", above85, stop("y")))),
    ],
    [
      "tests more than 100 employees before more than 500",
      /"large" can never be taken: every such after\.properties\.numberofemployees is taken by "mid-size"/,
      () =>
        on(
          "form_submitted",
          alt(branch("mid-size", above(size, 100), stop("x")), branch("large", atLeast(size, 500), stop("y"))),
        ),
    ],
    [
      "has two branches that together take all of a third",
      /"middle" can never be taken: .* is taken by "small" and "large" before it/,
      () =>
        on(
          "form_submitted",
          alt(
            branch("small", below(size, 50), stop("x")),
            branch("large", atLeast(size, 50), stop("y")),
            branch("middle", between(size, 20, 80), stop("z")),
          ),
        ),
    ],
    [
      "leaves nothing for otherwise",
      /"otherwise" can never be taken: .* is taken by "large" and "not large" before it/,
      () =>
        on(
          "form_submitted",
          alt(
            branch("large", above(size, 500), stop("x")),
            branch("not large", not(above(size, 500)), stop("y")),
            otherwise(stop("z")),
          ),
        ),
    ],
    [
      "asks for a number that there is not",
      /"none" can never be taken: there is no event\.data\.quality for which it holds/,
      () =>
        on(
          "contact_enriched",
          alt(
            branch(
              "none",
              when<"contact_enriched">("none", ({ event: { data } }) => data.quality > 8 && data.quality < 5),
              stop("x"),
            ),
          ),
        ),
    ],
    [
      "tests a band inside an own condition on the score",
      /"hot" can never be taken/,
      () =>
        on(
          "lead_score_updated",
          alt(branch("above 70", above({ data: "to" }, 70), stop("x")), branch("hot", entered(bands.hot), stop("y"))),
        ),
    ],
  ];
  for (const [name, says, trigger] of neverTaken) cases.push({ name, code: "unreachable_branch", says, trigger });
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

// biome-ignore lint/suspicious/noExplicitAny: conditions of several event types stand in one table.
type Any = any;

describe("branches on one number are warned of when they", () => {
  const size = "numberofemployees";
  const steps = (first: Any, second: Any) =>
    findingsOf(
      on("form_submitted", alt(branch("a", first, stop("x")), branch("b", second, stop("y")), otherwise(stop("z")))),
    );

  it("overlap without one being the wider", () => {
    const [finding, ...others] = steps(between(size, 50, 500), between(size, 200, 1_000));
    assert.deepEqual([finding?.level, finding?.code, others.length], ["warning", "overlapping_branches", 0]);
    assert.match(
      finding?.message ?? "",
      /"a" and "b" both hold where after\.properties\.numberofemployees is 200 to 500;/,
    );
  });

  const unsaid: readonly [name: string, first: Any, second: Any][] = [
    ["are an exception before the wider rule", above(size, 500), above(size, 100)],
    ["touch and share nothing", below(size, 50), atLeast(size, 50)],
    ["are about two numbers", above(size, 100), above("annualrevenue", 500)],
    ["leave what is missing to otherwise", above(size, 500), atMost(size, 500)],
    [
      "are words of a person that say more than numbers",
      above(size, 100),
      when("any", ({ after }) => Number(after?.properties[size]) > 500),
    ],
    [
      "compare the value before with the value after",
      when("b", ({ before }) => (before?.properties.x as number) > 5),
      when("a", ({ after }) => (after?.properties.x as number) > 7),
    ],
    [
      "compare with what only the settings know",
      when<"form_submitted">("s", ({ now }) => now > limit),
      when<"form_submitted">("t", ({ now }) => now > limit + 1),
    ],
  ];
  for (const [name, first, second] of unsaid)
    it(`but not when they ${name}`, () => assert.deepEqual(steps(first, second), []));
});

const limit = 5;

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
