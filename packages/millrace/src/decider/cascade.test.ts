import assert from "node:assert/strict";
import { it } from "node:test";
import { pureAgent } from "../agents/agent.ts";
import { EventCatalogue } from "../events/catalogue.ts";
import type { RecordedEvent } from "../events/event.ts";
import { defaultBusinessHours } from "../tasks/business-hours.ts";
import { TaskCatalogue } from "../tasks/catalogue.ts";
import { defaultRetryPolicy } from "../tasks/retry.ts";
import { when } from "../workflows/condition.ts";
import { on, opt, task, workflow } from "../workflows/workflow.ts";
import { WorkflowSet } from "../workflows/workflow-set.ts";
import { cascade, cascadeInSteps } from "./cascade.ts";
import type { CascadeInput, CascadeRules } from "./cascade-unit.ts";

const NOW = Date.UTC(2026, 2, 2, 9);

function rules(largest: { batch: number }): CascadeRules {
  const agent = pureAgent({
    name: "lead_qualifier",
    kinds: ["qualify_lead"],
    run: (tasks) => {
      largest.batch = Math.max(largest.batch, tasks.length);
      return tasks.map(({ id }) => ({
        outcome: "completed",
        events: [
          { type: "contact_scored", data: { score: 50, band: "nurture", rubric: "r@1", reasons: [], task: id } },
        ],
      }));
    },
  });
  return {
    workflows: new WorkflowSet([workflow("w", {}, [on("form_submitted", task("qualify_lead"))])]),
    catalogue: new EventCatalogue(),
    tasks: { catalogue: new TaskCatalogue(), businessHours: defaultBusinessHours },
    pureHandlers: new Map([["qualify_lead", agent]]),
    retry: defaultRetryPolicy,
    maxDepth: 12,
    maxEvents: 300,
  };
}

function forms(count: number): CascadeInput {
  let group = 0;
  const events = Array.from({ length: count }, (_, i): RecordedEvent => {
    const contact = `01a2f3c4-0000-7000-8000-${String(i).padStart(12, "0")}`;
    const data = { form: "demo", fields: { email: `p${i}@acme.example` } };
    const position = i + 1;
    const about = { contact, occurredAt: NOW, cause: null, root: position, depth: 0, actor: "api" };
    return { position, type: "form_submitted", data, ...about };
  });
  const none = { contacts: new Map(), names: new Map(), births: new Map(), openTasks: [], deferred: new Set<string>() };
  return { events, ...none, now: NOW, takeTaskGroup: () => 16 * ++group };
}

it("a large batch is decided in steps, none of which takes on more than a part of it", () => {
  const largest = { batch: 0 };
  const steps = cascadeInSteps(rules(largest), forms(500));
  let count = 0;
  while (!steps.next().done) count += 1;
  assert.ok(count >= 3 * (500 / 64), `${count} steps`);
  assert.equal(largest.batch, 64);
});

it("in steps or at once, the same comes of it", () => {
  const steps = cascadeInSteps(rules({ batch: 0 }), forms(150));
  let step = steps.next();
  while (!step.done) step = steps.next();
  const atOnce = cascade(rules({ batch: 0 }), forms(150));
  assert.deepEqual(step.value, atOnce);
  assert.equal(atOnce.contacts.length, 150);
  assert.equal(atOnce.finished.length, 150);
});

it("in what order a contact's tasks are done does not depend on others in the batch", () => {
  const done = (kind: "qualify_lead" | "enrich_data") =>
    pureAgent({ name: kind, kinds: [kind], run: (tasks) => tasks.map(() => ({ outcome: "completed" })) });
  const asks = (form: string) => when<"form_submitted">(form, ({ event }) => event.data.form === form);
  const both: CascadeRules = {
    ...rules({ batch: 0 }),
    workflows: new WorkflowSet([
      workflow("w", {}, [
        on(
          "form_submitted",
          opt("first", asks("first"), task("enrich_data", { priority: "URGENT" })),
          task("qualify_lead"),
          task("enrich_data"),
        ),
      ]),
    ]),
    pureHandlers: new Map((["qualify_lead", "enrich_data"] as const).map((kind) => [kind, done(kind)])),
  };
  const [one, two] = forms(2).events;
  assert.ok(one !== undefined && two !== undefined);
  const asked = { ...one, data: { form: "first", fields: { email: "p0@acme.example" } } };
  const kindsOf = (events: readonly RecordedEvent[]) =>
    cascade(both, { ...forms(0), events })
      .finished.filter(({ contact }) => contact === two.contact)
      .map(({ kind }) => kind);
  assert.deepEqual(kindsOf([asked, two]), kindsOf([two]));
});
