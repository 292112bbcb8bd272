/**
 * What is still known in HubSpot of someone erased here. HubSpot's erasure has no way back, and HubSpot may have to keep
 * what we need not (invoices, contracts): a person decides, unless `hubspot.eraseThere` says that an agent does it. The task
 * is about no one, for tasks of the contact are called off; it names HubSpot's records by their numbers.
 */
import type { Tx } from "../db/database.ts";
import { positionsFrom } from "../events/draft.ts";
import type { Position } from "../events/event.ts";
import { draftTask } from "../tasks/draft.ts";
import type { WorkRules } from "../tasks/finish.ts";
import type { TaskRequest } from "../tasks/handler.ts";
import { insertTasks } from "../tasks/queue.ts";

export interface HubspotErasure {
  readonly contact: string;
  /** None: nothing is asked. */
  readonly hubspotIds: readonly string[];
  readonly cause: Position;
  readonly root?: Position;
  readonly depth?: number;
}

export async function askHubspotErasure(
  tx: Tx,
  { rules, isAgents, now }: { readonly rules: WorkRules; readonly isAgents: boolean; readonly now: number },
  { contact, hubspotIds, cause, root = cause, depth = 0 }: HubspotErasure,
): Promise<void> {
  if (hubspotIds.length === 0) return;
  const request = isAgents ? agentsRequest(hubspotIds) : personsRequest(contact, hubspotIds);
  const origin = { contact: null, cause, root, depth, bornAt: now, requestedBy: "engine" };
  const mergeKey = `${request.kind}:${hubspotIds.join(",")}`;
  const draft = draftTask({ ...request, mergeKey }, origin, rules.taskIds.take(), now, rules.tasks);
  await insertTasks(tx, [draft], rules.agingMs, positionsFrom(0));
}

function agentsRequest(hubspotIds: readonly string[]): TaskRequest {
  return { kind: "erase_in_crm", payload: { hubspotIds } };
}

function personsRequest(contact: string, hubspotIds: readonly string[]): TaskRequest {
  const records = hubspotIds.length === 1 ? `record ${hubspotIds[0]}` : `records ${hubspotIds.join(", ")}`;
  const reason = `Contact ${contact} was erased here. Erase it in HubSpot too (${records}), or note why it has to stay.`;
  return { kind: "manual_processing", payload: { reason, hubspotIds } };
}
