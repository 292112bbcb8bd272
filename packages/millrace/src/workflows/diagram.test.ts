/** Diagrams drawn from definitions. That Mermaid takes them was seen with mermaid 11; here their text is held. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultPack } from "../flows/default-pack.ts";
import { when } from "./condition.ts";
import { diagramOf } from "./diagram.ts";
import { allSteps, alt, branch, emit, on, opt, otherwise, par, schedule, stop, task, workflow } from "./workflow.ts";

const isDemo = when<"form_submitted">("asks for a demo", ({ event }) => event.data.form === "demo");
const example = workflow("example", {}, [
  on(
    "form_submitted",
    alt(branch("demo", isDemo, task("qualify_lead", { priority: "URGENT", dueIn: "1m" })), otherwise(stop("no demo"))),
    par(
      task("enrich_data"),
      opt("later", isDemo, schedule("contact_listed", { after: "2d", key: "list", data: { list: "x" } })),
    ),
  ),
]);

test("a flowchart shows triggers, branches with their conditions, and what is done", () => {
  assert.equal(
    diagramOf(example),
    `flowchart TD
  %% example@${example.version}
  n1(["form_submitted"])
  n2{"first that holds"}
  n1 --> n2
  n3["task qualify_lead (URGENT, due in 1m)"]
  n2 -->|"demo: asks for a demo"| n3
  n4("stop: no demo")
  n2 -->|"otherwise"| n4
  n5["task enrich_data"]
  n1 --> n5
  n6{"only if"}
  n1 --> n6
  n7(["contact_listed after 2d"])
  n6 -->|"later: asks for a demo"| n7
`,
  );
});

test("a sequence diagram shows alt, par and opt as blocks", () => {
  assert.equal(
    diagramOf(example, "sequence"),
    `sequenceDiagram
  participant Log
  participant Workflow as example
  Log->>Workflow: form_submitted
  alt demo: asks for a demo
    Workflow->>Tasks: task qualify_lead (URGENT, due in 1m)
  else otherwise
    Note over Workflow: no demo
  end
  par
    Workflow->>Tasks: task enrich_data
  and
    opt later: asks for a demo
      Workflow->>Log: contact_listed after 2d
    end
  end
`,
  );
});

test("names that Mermaid would read as its own signs are written as entities", () => {
  const odd = workflow("odd", {}, [
    on(
      "form_submitted",
      alt(
        branch(
          "end",
          when('says "#1"; `x` <b>', () => true),
          stop("end"),
        ),
      ),
      emit("contact_listed", { list: "a" }),
    ),
  ]);
  assert.match(diagramOf(odd), /"end: says #quot;#35;1#quot;; #96;x#96; #lt;b#gt;"/);
  assert.match(
    diagramOf(odd, "sequence"),
    /alt end: says "#35;1"#59; `x` #60;b#62;\n {4}Note over Workflow: #101;nd\n/,
  );
});

test("every step of the default pack is in its flowchart, and every block that opens closes", () => {
  for (const flow of defaultPack()) {
    const chart = diagramOf(flow);
    for (const step of flow.triggers.flatMap((trigger) => allSteps(trigger.steps))) {
      if (step.step === "task") assert.ok(chart.includes(`task ${step.kind}`), `${flow.name}: ${step.kind}`);
    }
    const sequence = diagramOf(flow, "sequence");
    assert.equal(
      sequence.match(/^ +(alt|par|opt)\b/gm)?.length ?? 0,
      sequence.match(/^ +end$/gm)?.length ?? 0,
      flow.name,
    );
  }
});
