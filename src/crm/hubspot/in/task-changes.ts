/**
 * Tasks of ours that somebody works on in HubSpot: closing one there closes it here; everything else is noted, and what
 * our own rows say is shown there again. Called by take-changes.ts inside its transaction.
 */
import { textColumn } from "../../../db/columns.ts";
import type { Queryable, Tx } from "../../../db/database.ts";
import { MillraceError } from "../../../errors.ts";
import { completeByPerson } from "../../../tasks/people.ts";
import type { HubspotChange } from "./change.ts";
import { actorOf, isOurs, noted, type Translation } from "./translate.ts";

interface MirroredRow {
  readonly task: number;
  readonly hubspotId: string;
}

export interface MirroredTasks {
  /** The event of a change of a HubSpot task. */
  tell(change: HubspotChange): Translation;
  readonly changes: readonly HubspotChange[];
  readonly byHubspotId: ReadonlyMap<string, number>;
}

/** Which of these changes are about tasks of ours. */
export async function readTasks(db: Queryable, all: readonly HubspotChange[]): Promise<MirroredTasks> {
  const changes = all.filter(({ object }) => object === "task");
  const rows =
    changes.length === 0
      ? []
      : await db.query<MirroredRow>(
          `select task, hubspot_id as "hubspotId" from crm_tasks where hubspot_id = any($1::text[])`,
          [textColumn(changes.map(({ objectId }) => objectId))],
          "mirrored_tasks",
        );
  const byHubspotId = new Map(rows.map(({ hubspotId, task }) => [hubspotId, task]));
  return {
    changes,
    byHubspotId,
    tell(change) {
      const task = byHubspotId.get(change.objectId);
      if (task === undefined) return noted(change, "not ours");
      if (isOurs(change)) return noted(change, "echo");
      return {
        type: "crm_task_changed",
        data: {
          system: "hubspot",
          task,
          object: change.objectId,
          change: change.type,
          ...(change.property === undefined ? {} : { property: change.property, value: change.value ?? "" }),
          by: personOf(change),
        },
        actor: actorOf(change),
      };
    },
  };
}

/** Does what was told of: closes tasks; what was changed otherwise is shown again as it stands here. */
export async function followTasks(tx: Tx, { changes, byHubspotId }: MirroredTasks, now: number): Promise<void> {
  for (const change of changes) {
    const task = byHubspotId.get(change.objectId);
    if (task === undefined || isOurs(change)) continue;
    const isClosing = change.property === "hs_task_status" && change.value === "COMPLETED";
    if (isClosing && (await isClosed(tx, task, personOf(change), now))) continue;
    if (change.property === "hs_task_status")
      await tx.query("update crm_tasks set shown = '', is_open = true where task = $1", [task], "show_task_again");
  }
}

/** @returns false when somebody else has it in hand, or it was over before. */
async function isClosed(tx: Tx, task: number, person: string, now: number): Promise<boolean> {
  try {
    await completeByPerson(tx, task, person, { closedIn: "hubspot" }, now);
    return true;
  } catch (error) {
    if (error instanceof MillraceError) return error.code === "task_not_open";
    throw error;
  }
}

function personOf(change: HubspotChange): string {
  const actor = actorOf(change);
  return actor === "hubspot" ? "hubspot:unknown" : actor;
}
