import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { z } from "zod";
import { draftSettings } from "../agents/draft-writer/draft-settings.ts";
import { EventCatalogue, type EventTypes } from "../events/catalogue.ts";
import { event } from "../events/define-event.ts";
import { defaultPack } from "../flows/default-pack.ts";
import { missionTaskKinds, TaskCatalogue, type TaskKindOptions } from "../tasks/catalogue.ts";
import { bandRanges, entered, when } from "./condition.ts";
import { lintWorkflows } from "./lint.ts";
import {
  alert,
  alt,
  branch,
  email,
  emit,
  on,
  onCompleted,
  opt,
  otherwise,
  schedule,
  stop,
  type Trigger,
  task,
  workflow,
} from "./workflow.ts";

// biome-ignore lint/suspicious/noExplicitAny: names of this test only.
type Any = any;

const nothing = z.strictObject({});
const events = new EventCatalogue({
  graded: event({ about: "A lead was graded.", data: nothing }),
  called: event({ about: "A lead was called.", data: nothing }),
});

function kind(doneBy: string, options: Partial<TaskKindOptions> = {}): TaskKindOptions {
  return { about: "Do it.", priority: "LOW", dueIn: "1h", doneBy, ...options };
}

const tasks = new TaskCatalogue({
  ...missionTaskKinds,
  grade: kind("grader", { emits: ["graded"] }),
  call: kind("caller", { emits: ["called"] }),
  call_once: kind("caller", { emits: ["called"], endsLoop: "a contact is called once" }),
  hand_on: kind("handler", { asks: ["grade"] }),
  ask_person: kind("person:sales", { emits: ["called"] }),
});

const named = (name: string) => name as Any as keyof EventTypes & string;
const ask = (name: string) => task(name as Any);
const mayBe = when<Any>("holds now and then", ({ after }) => after?.properties.company === "x");
const comesToAnEnd = when<Any>("has not been called", ({ after }) => after === undefined, {
  endsLoop: "a contact is called once",
});

function loopsOf(...triggers: Trigger[]) {
  return lintWorkflows([...defaultPack({}, { crm: true }), workflow("mine", {}, triggers)], { events, tasks })
    .filter(({ code }) => code === "endless_loop" || code === "possible_loop")
    .map(({ level, code, message, workflow: name, at }) => ({
      level,
      code,
      path: /: (.*?)\. Next/.exec(message)?.[1],
      name,
      at,
    }));
}

describe("a loop is found before it runs, with its path:", () => {
  const cases: readonly [name: string, level: "error" | "warning", path: string, triggers: readonly Trigger[]][] = [
    [
      "two workflows that answer each other",
      "error",
      "hot_prospect → cold_prospect (workflow mine) → hot_prospect (workflow mine)",
      [
        on("hot_prospect", emit("cold_prospect", { engagement: 1 })),
        on("cold_prospect", emit("hot_prospect", { engagement: 9 })),
      ],
    ],
    [
      "an event that states itself",
      "error",
      "contact_listed → contact_listed (workflow mine)",
      [on("contact_listed", emit("contact_listed", { list: "x" }))],
    ],
    [
      "two agents whose events ask for each other",
      "error",
      "graded → task call (workflow mine) → called → task grade (workflow mine) → graded",
      [on(named("graded"), ask("call")), on(named("called"), ask("grade"))],
    ],
    [
      "a task of the pack whose event asks for one of mine, and back",
      "error",
      "contact_scored → task grade (workflow mine) → graded → task qualify_lead (workflow mine) → contact_scored",
      [on("contact_scored", ask("grade")), on(named("graded"), task("qualify_lead"))],
    ],
    [
      "a task that an agent asks for itself",
      "error",
      "graded → task hand_on (workflow mine) → task grade → graded",
      [on(named("graded"), ask("hand_on"))],
    ],
    [
      "a task that follows its own follower",
      "error",
      "task_completed of grade → task call (workflow mine) → task_completed of call → task grade (workflow mine) → task_completed of grade",
      [onCompleted("grade" as Any, ask("call")), onCompleted("call" as Any, ask("grade"))],
    ],
    [
      "every branch, otherwise too, leads back",
      "error",
      "contact_listed → contact_listed (workflow mine)",
      [
        on(
          "contact_listed",
          alt(
            branch("x", mayBe, emit("contact_listed", { list: "x" })),
            otherwise(emit("contact_listed", { list: "y" })),
          ),
        ),
      ],
    ],
    [
      "one that a condition may end",
      "warning",
      "graded → task call (workflow mine) → called → task grade (workflow mine) → graded",
      [on(named("graded"), opt("now and then", mayBe, ask("call"))), on(named("called"), ask("grade"))],
    ],
    [
      "one that waits for a timer",
      "warning",
      "contact_listed → contact_listed (workflow mine)",
      [on("contact_listed", schedule("contact_listed", { after: "1d", key: "k", data: { list: "x" } }))],
    ],
    [
      "a failure that asks for what failed",
      "warning",
      "task_failed of grade → task call (workflow mine) → task_failed of call → task grade (workflow mine) → task_failed of grade",
      [on("task_failed", opt("now and then", mayBe, ask("grade"), ask("call")))],
    ],
  ];
  for (const [name, level, path, triggers] of cases) {
    it(name, () => {
      const loops = loopsOf(...triggers);
      const loop = loops.find((one) => one.path === path);
      const others = loops.filter((one) => one !== loop);
      assert.deepEqual([loop?.level, loop?.path, loop?.name], [level, path, "mine"]);
      assert.deepEqual(
        others.filter((other) => other.level === "error"),
        [],
      );
      assert.match(loop?.at ?? "", /lint-loops\.test\.ts:\d+:\d+$/);
    });
  }
});

describe("no loop is seen where a chain ends by itself:", () => {
  const { hot } = bandRanges();
  const cases: readonly [name: string, triggers: readonly Trigger[]][] = [
    ["an agent ignores what it caused itself", [on(named("graded"), ask("grade"))]],
    [
      "a condition says why it ends",
      [
        on(named("called"), opt("new", comesToAnEnd, ask("call"))),
        on(named("called"), opt("new", comesToAnEnd, ask("grade"))),
        on(named("graded"), ask("call")),
      ],
    ],
    [
      "the kind of the task says why it ends",
      [on(named("graded"), ask("call_once")), on(named("called"), ask("grade"))],
    ],
    ["a person has to do it", [on(named("graded"), ask("ask_person")), on(named("called"), ask("grade"))]],
    ["an e-mail leaves once", [on("email_sent", email("thank_you", { once: "submission" }))]],
    ["an alert is raised once", [on("alert_sent", alert("sales", "hot_lead"))]],
    [
      "a band fires once in its rearm time",
      [on("lead_score_updated", opt("hot", entered(hot), ask("grade"))), on(named("graded"), task("qualify_lead"))],
    ],
    ["a contact is not enriched while what was found is fresh", [on("contact_scored", task("enrich_data"))]],
    ["nothing leads back", [on(named("called"), stop("done"))]],
  ];
  for (const [name, triggers] of cases) it(name, () => assert.deepEqual(loopsOf(...triggers), []));
});

describe("the mission's own loops end, and are not reported:", () => {
  const pack = defaultPack(
    {},
    {
      crm: true,
      drafts: draftSettings.parse({}),
      notes: { scores: true, failures: true },
    },
  );
  it("scored → enriched → scored again; e-mail → next e-mail; changed there → written there → changed there", () => {
    assert.deepEqual(lintWorkflows(pack, { events, tasks }), []);
  });

  it("and each would be reported if what ends it were not known", () => {
    const endless = new TaskCatalogue(
      Object.fromEntries(
        tasks.all().map((one) => [
          one.kind,
          kind(one.doneBy, {
            emits: one.kind === "sync_crm" ? ["contact_updated_external"] : one.emits,
            asks: one.asks,
          }),
        ]),
      ),
    );
    const mine = workflow("mine", {}, [on("contact_scored", task("enrich_data"))]);
    const found = lintWorkflows([...pack, mine], { events, tasks: endless }).map(({ message }) => message);
    const paths = [
      /contact_enriched → task qualify_lead .*→ contact_scored → task enrich_data .*→ contact_enriched/,
      /email_sent → sequence_step_due .*→ task continue_sequence .*→ task send_email → email_sent/,
      /→ contact_scored → task sync_crm .*→ contact_updated_external/,
    ];
    for (const path of paths)
      assert.ok(
        found.some((message) => path.test(message)),
        `${path}\n${found.join("\n")}`,
      );
  });
});
