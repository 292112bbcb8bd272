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
