import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { EventCatalogue } from "../events/catalogue.ts";
import { defaultPack } from "../flows/default-pack.ts";
import { TaskCatalogue } from "../tasks/catalogue.ts";
import { bandRanges, entered, when } from "./condition.ts";
import { lintWorkflows } from "./lint.ts";
import {
  addToList,
  alt,
  batched,
  branch,
  emit,
  on,
  otherwise,
  type Step,
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
