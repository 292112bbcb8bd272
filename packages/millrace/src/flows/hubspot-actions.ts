/**
 * Flow 7, from HubSpot's side: one of its workflows or agents asks for a task, a score or a sequence, and waits. When the
 * task ends, HubSpot is answered. Part of the pack when a CRM is configured.
 */
import { ASKABLE_KINDS, SEQUENCES } from "../crm/hubspot/actions/actions.ts";
import type { HubspotAnswer } from "../crm/hubspot/actions/answerer.ts";
import type { EventOf, RecordedEvent } from "../events/event.ts";
import { type Facts, when } from "../workflows/condition.ts";
import { alt, branch, on, onCompleted, opt, otherwise, type Step, task, workflow } from "../workflows/workflow.ts";

type Called = EventOf<"hubspot_action_called">;
// biome-ignore lint/suspicious/noExplicitAny: the same step stands under triggers of several event types.
type Any = any;

const isAction = (action: string) =>
  when<"hubspot_action_called">(`HubSpot asks to ${action}`, ({ event }) => event.data.action === action);
const asksFor = (field: string, value: string) =>
  when<"hubspot_action_called">(`${field} is ${value}`, ({ event }) => event.data.input[field] === value);

const mayNotBeWrittenTo = when<"hubspot_action_called">("opted out, declined, unreachable or a customer", (facts) => {
  return refusalOf(facts) !== undefined;
});

/** A task of its own for each call: it never merges with one that is open, whose end says nothing of this call. */
const ofCall = {
  mergeKey: ({ event }: Facts<Called>) => `hubspot:${event.data.callbackId}`,
  payload: ({ event }: Facts<Called>) => ({
    reason: event.data.input.reason ?? `A workflow of HubSpot asked for it${inWorkflow(event.data.workflowId)}.`,
  }),
};

const KINDS_OF_SEQUENCES = { outreach: "send_outreach", nurture: "nurture_sequence" } as const;
const WORK = ["requalify_lead", ...Object.values(KINDS_OF_SEQUENCES), ...ASKABLE_KINDS] as const;

/** HubSpot waits for the end of exactly this task. */
const isAwaited = when<"task_completed">("HubSpot waits for it", (facts) => callOf(facts) !== undefined);
const hasFailed = when<"task_failed">(
  "HubSpot waits for it, and it is not tried again",
  (facts) => callOf(facts) !== undefined && ["spent", "never"].includes(facts.event.data.retry),
);
const isCancelled = when<"task_cancelled">("HubSpot waits for it", (facts) => callOf(facts) !== undefined);

export function hubspotActionsFlow() {
  return workflow(
    "hubspot_actions",
    { source: "flow 7", about: "What HubSpot's workflows and agents ask for is done, and HubSpot is answered." },
    [
      on(
        "hubspot_action_called",
        alt(
          branch("qualify", isAction("qualify_now"), task("requalify_lead", ofCall)),
          branch(
            "enrol",
            isAction("enrol_in_sequence"),
            alt(
              branch(
                "refused",
                mayNotBeWrittenTo,
                answer<Called>("FAIL_CONTINUE", (facts) => refusalOf(facts) ?? ""),
              ),
              ...SEQUENCES.map((name) =>
                branch(name, asksFor("sequence", name), task(KINDS_OF_SEQUENCES[name], ofCall)),
              ),
            ),
          ),
          branch(
            "task",
            isAction("ask_for_task"),
            alt(...ASKABLE_KINDS.map((kind) => branch(kind, asksFor("kind", kind), task(kind, ofCall)))),
          ),
          otherwise(answer<Called>("FAIL_CONTINUE", () => "Millrace does not know this action.")),
        ),
      ),
      onCompleted(
        WORK,
        opt(
          "awaited",
          isAwaited,
          answer("SUCCESS", () => "Done."),
        ),
      ),
      on(
        "task_failed",
        opt(
          "awaited",
          hasFailed,
          answer("FAIL_CONTINUE", () => "It failed; a person looks at it."),
        ),
      ),
      on(
        "task_cancelled",
        opt(
          "awaited",
          isCancelled,
          answer("FAIL_CONTINUE", () => "It was cancelled."),
        ),
      ),
    ],
  );
}

/** The call this event's task was asked for by; undefined: none, or it is answered. */
function callOf({ event, after }: Facts<Any>): string | undefined {
  const call = after?.facts.hubspotCalls?.[String(event.root)];
  return call !== undefined && WORK.includes(event.data.kind) ? call : undefined;
}

function answer<Event = Any>(state: HubspotAnswer["state"], result: (facts: Facts<Event>) => string): Step<Event> {
  const callbackId = (facts: Facts<Any>): string => facts.event.data.callbackId ?? callOf(facts) ?? "";
  return task<Event>("answer_hubspot", {
    mergeKey: (facts) => `hubspot:${callbackId(facts)}`,
    payload: (facts) => ({ callbackId: callbackId(facts), state, outputs: outputsOf(facts, result(facts)) }),
  });
}

function outputsOf({ event, after }: Facts<Any>, result: string) {
  const { lead_score: score, lead_band: band } = after?.properties ?? {};
  const { task: number } = (event as RecordedEvent<string, { task?: number }>).data;
  return {
    result,
    ...(typeof score === "number" ? { score } : {}),
    ...(typeof band === "string" ? { band } : {}),
    ...(number === undefined ? {} : { task: number }),
  };
}

/** Why no sequence may begin; said to HubSpot, where a person reads it. */
function refusalOf({ after, now }: Facts<Called>): string | undefined {
  const { optedOut, declined, purchasedAt, bounced } = after?.facts ?? {};
  if (optedOut !== undefined) return "The contact opted out.";
  if (purchasedAt !== undefined) return "The contact is a customer.";
  if (bounced !== undefined) return "The contact's address does not work.";
  if (declined !== undefined && (declined.until === null || declined.until > now)) return "The contact declined.";
  if (typeof after?.properties.email !== "string") return "The contact has no e-mail address.";
  return undefined;
}

function inWorkflow(id: string | undefined): string {
  return id === undefined ? "" : ` (workflow ${id})`;
}
