/**
 * The agent of `answer_hubspot`: says to a workflow of HubSpot that waits what came of the action it asked for. Saying it
 * twice is harmless: HubSpot goes on with the first answer.
 */
import type { Outcome, QueuedHandler, TaskInput } from "../../../tasks/handler.ts";
import { isNotThere } from "../client/answer.ts";
import type { HubspotApi } from "../client/client.ts";
import { asOutcome } from "../outbound/as-outcome.ts";

const REFUSED = "HubSpot refused the answer";

/** What stands in the payload of the task. */
export interface HubspotAnswer {
  readonly callbackId: string;
  readonly state: "SUCCESS" | "FAIL_CONTINUE";
  readonly outputs: Readonly<Record<string, string | number>>;
}

export function actionAnswerer(api: HubspotApi): QueuedHandler {
  return {
    name: "hubspot_actions",
    kinds: ["answer_hubspot"],
    isPure: false,
    run: (tasks) => Promise.all(tasks.map((task) => answer(api, task))),
  };
}

async function answer(api: HubspotApi, { payload }: TaskInput): Promise<Outcome> {
  const { callbackId, state, outputs } = payload as unknown as HubspotAnswer;
  const answered = await api.request({
    method: "POST",
    path: api.paths.actionCallback(callbackId),
    body: { outputFields: { hs_execution_state: state, ...outputs }, typedOutputs: {} },
    urgency: "normal",
    kind: "other",
    isRepeatable: true,
  });
  const isGone = !answered.ok && (isNotThere(answered.failure) || answered.failure.status === 410);
  if (!answered.ok && !isGone) return asOutcome(answered.failure, REFUSED);
  const data = { callbackId, state, ...(isGone ? { isTooLate: true } : {}) };
  return { outcome: "completed", result: data, events: [{ type: "hubspot_action_answered", data }] };
}
