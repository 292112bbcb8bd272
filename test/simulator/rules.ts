/** What the simulated engine decides by: the default pack, the built-in pure agents, and two workflows that never come to an end. */
import { z } from "zod";
import { dataEnricher } from "../../packages/millrace/src/agents/data-enricher/data-enricher.ts";
import { leadQualifier } from "../../packages/millrace/src/agents/lead-qualifier/lead-qualifier.ts";
import { outreachAgent } from "../../packages/millrace/src/agents/outreach-agent/outreach-agent.ts";
import { replyClassifier } from "../../packages/millrace/src/agents/reply-classifier/reply-classifier.ts";
import { alerter } from "../../packages/millrace/src/alerts/alerter.ts";
import type { CascadeRules } from "../../packages/millrace/src/decider/cascade-unit.ts";
import { Templates } from "../../packages/millrace/src/email/compose/templates.ts";
import { localMailer } from "../../packages/millrace/src/email/transport/mailer.ts";
import { pureByKind } from "../../packages/millrace/src/engine/handler-registry.ts";
import { EventCatalogue } from "../../packages/millrace/src/events/catalogue.ts";
import { event } from "../../packages/millrace/src/events/define-event.ts";
import { defaultPack } from "../../packages/millrace/src/flows/default-pack.ts";
import { defaultBusinessHours } from "../../packages/millrace/src/tasks/business-hours.ts";
import { TaskCatalogue } from "../../packages/millrace/src/tasks/catalogue.ts";
import { defaultRetryPolicy } from "../../packages/millrace/src/tasks/retry.ts";
import type { Step } from "../../packages/millrace/src/workflows/workflow.ts";
import { emit, on, workflow } from "../../packages/millrace/src/workflows/workflow.ts";
import { WorkflowSet } from "../../packages/millrace/src/workflows/workflow-set.ts";

export const MAX_DEPTH = 12;
export const MAX_EVENTS = 60;

const nothing = () => event({ about: "Test.", data: z.strictObject({}) });
/** `ball_thrown` and `ball_caught` follow each other without end; `rumour_told` is stated twice each time. */
export const endlessEvents = { ball_thrown: nothing(), ball_caught: nothing(), rumour_told: nothing() };

// biome-ignore lint/suspicious/noExplicitAny: event types the compiler does not know.
const states = (type: string): Step<any> => (emit as any)(type, {});
const endless = workflow("endless", {}, [
  // biome-ignore lint/suspicious/noExplicitAny: event types the compiler does not know.
  on("ball_thrown" as any, states("ball_caught")),
  // biome-ignore lint/suspicious/noExplicitAny: event types the compiler does not know.
  on("ball_caught" as any, states("ball_thrown")),
  // biome-ignore lint/suspicious/noExplicitAny: event types the compiler does not know.
  on("rumour_told" as any, states("rumour_told"), states("rumour_told")),
]);

/** @param withCrm what happens is brought to a CRM too. */
export function simulatedRules(withCrm: boolean): CascadeRules {
  const templates = new Templates();
  const handlers = [
    leadQualifier(),
    dataEnricher(),
    outreachAgent({ templates }),
    replyClassifier(),
    alerter({ channelsOf: () => [] }),
    localMailer({ templates, from: "Sales <sales@acme.example>" }),
  ];
  return {
    workflows: new WorkflowSet([...defaultPack({}, { crm: withCrm }), endless]),
    catalogue: new EventCatalogue(endlessEvents),
    tasks: { catalogue: new TaskCatalogue(), businessHours: defaultBusinessHours },
    pureHandlers: pureByKind(handlers),
    // The delay of a retry is drawn from the task's id, which differs with the order of the batches.
    retry: { ...defaultRetryPolicy, jitter: 0 },
    maxDepth: MAX_DEPTH,
    maxEvents: MAX_EVENTS,
  };
}
