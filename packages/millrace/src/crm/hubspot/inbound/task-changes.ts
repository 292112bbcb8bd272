/**
 * Tasks of ours that someone works on in HubSpot: closing one there closes it here; everything else is noted, and what
 * our own rows say is shown there again. Called by take-changes.ts inside its transaction.
 */
import { MillraceError } from "../../../base/errors.ts";
import { textColumn } from "../../../db/columns.ts";
import type { Queryable, Tx } from "../../../db/database.ts";
import { completeByPerson } from "../../../tasks/people.ts";
import type { TaskState } from "../../../tasks/task.ts";
import { SHOWN_STATUS } from "../outbound/task-mapping.ts";
import type { HubspotChange } from "./change.ts";
import { actorOf, isOurs, noted, type Translation } from "./translate.ts";

interface MirroredRow {
  readonly task: number;
  readonly hubspotId: string;
  /** The state that was shown there last; '' when it has to be shown again. */
  readonly shown: TaskState | "";
}

export interface MirroredTasks {
  /** The event of a change of a HubSpot task. */
  tell(change: HubspotChange): Translation;
  /** Of tasks of ours, by someone else. */
  readonly changes: readonly { readonly change: HubspotChange; readonly task: number }[];
}

/** Which of these changes are about tasks of ours. */
export async function readTasks(db: Queryable, all: readonly HubspotChange[]): Promise<MirroredTasks> {
  const about = all.filter(({ object }) => object === "task");
  const rows =
    about.length === 0
      ? []
      : await db.query<MirroredRow>(
          `select task, hubspot_id as "hubspotId", split_part(shown, '|', 1) as shown from crm_tasks where hubspot_id = any($1::text[])`,
          [textColumn(about.map(({ objectId }) => objectId))],
          "mirrored_tasks",
        );
  const byHubspotId = new Map(rows.map((row) => [row.hubspotId, row]));
  return {
    changes: about.flatMap((change) => {
      const row = byHubspotId.get(change.objectId);
      return row === undefined || isEcho(change, row) ? [] : [{ change, task: row.task }];
    }),
    tell(change) {
      const row = byHubspotId.get(change.objectId);
      if (row === undefined) return noted(change, "not ours");
      if (isEcho(change, row)) return noted(change, "echo");
      return {
        type: "crm_task_changed",
        data: {
          system: "hubspot",
          task: row.task,
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

/** HubSpot says that we did it; or it does not say who, and it is what we showed there last. */
function isEcho(change: HubspotChange, { shown }: MirroredRow): boolean {
  if (isOurs(change)) return true;
  const isUnsigned = change.changeSource === "" && change.sourceId === "";
  return isUnsigned && change.property === "hs_task_status" && shown !== "" && change.value === SHOWN_STATUS[shown];
}

/** Does what HubSpot says: closes tasks; what was changed otherwise is shown again as it stands here. */
export async function followTasks(tx: Tx, { changes }: MirroredTasks, now: number): Promise<void> {
  for (const { change, task } of changes) {
    const isClosing = change.property === "hs_task_status" && change.value === "COMPLETED";
    if (isClosing && (await isClosed(tx, task, personOf(change), now))) continue;
    if (change.property === "hs_task_status")
      await tx.query("update crm_tasks set shown = '', is_open = true where task = $1", [task], "show_task_again");
  }
}

/** @returns false when someone else has it in hand, or it was over before. */
async function isClosed(tx: Tx, task: number, person: string, now: number): Promise<boolean> {
  try {
    await completeByPerson(tx, task, { id: `person:${person}`, name: person }, { closedIn: "hubspot" }, now);
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
