/**
 * What a person decides about an e-mail of which no one can know whether it left (R7): it arrived after all, or it is to
 * be sent again. Either way the row that was cut off stays in the ledger.
 */

import { MillraceError } from "../base/errors.ts";
import type { Tx } from "../db/database.ts";
import type { Actor } from "../events/actor.ts";
import { append } from "../events/append.ts";
import { lockLog } from "../events/log-lock.ts";
import type { WorkRules } from "./finish.ts";
import { completeByPerson, retryTask } from "./people.ts";

export type Verdict = "arrived" | "send_again";

interface Unknown {
  readonly contact: string | null;
  readonly task: number;
  readonly root: number;
  readonly cause: number;
  readonly depth: number;
  readonly template: string;
  readonly to: string;
  readonly subject: string;
  readonly purpose: string | null;
  readonly message: string | null;
  readonly payload: { readonly sequence?: string; readonly touch?: number };
}

/**
 * @param id of the e-mail.
 * @returns the id of its task.
 * @throws MillraceError not_found: there is no such e-mail, or it is known what became of it; task_not_open.
 */
export async function decideUnknownEmail(
  tx: Tx,
  id: number,
  verdict: Verdict,
  by: Actor,
  now: number,
  rules: WorkRules,
): Promise<number> {
  await lockLog(tx);
  const email = await findUnknown(tx, id);
  if (verdict === "send_again") {
    // The key is free again; this row keeps what happened under a key of its own.
    await tx.query("update emails set once_key = once_key || '#unknown:' || id, reason = $2 where id = $1", [
      id,
      `sent again by ${by.name}`,
    ]);
    return retryTask(tx, email.task, by, now, rules);
  }
  await tx.query("update emails set state = 'sent', sent_at = created_at, reason = $2 where id = $1", [
    id,
    `arrived, says ${by.name}`,
  ]);
  await completeByPerson(tx, email.task, by, { arrived: true, email: id }, now);
  await append(tx, [
    {
      type: "email_sent",
      contact: email.contact,
      data: factOf(email),
      occurredAt: now,
      cause: email.cause,
      root: email.root,
      depth: email.depth + 1,
      actor: by.id,
    },
  ]);
  return email.task;
}

function factOf({ template, to, subject, task, purpose, message, payload }: Unknown) {
  return {
    template,
    to,
    subject,
    task,
    ...(purpose === null ? {} : { purpose }),
    ...(message === null ? {} : { message }),
    ...(payload.sequence == null ? {} : { sequence: payload.sequence, touch: payload.touch ?? 1 }),
  };
}

async function findUnknown(tx: Tx, id: number): Promise<Unknown> {
  const [email] = await tx.query<Unknown>(
    `select e.contact, e.task, t.root, t.causes[1] as cause, t.depth, e.template, e.recipient as "to", e.subject, e.purpose,
            e.message_id as message, t.payload
     from emails e join tasks t on t.id = e.task where e.id = $1 and e.state = 'unknown' for update of e`,
    [id],
  );
  if (email !== undefined) return email;
  throw new MillraceError("not_found", {
    saw: `There is no e-mail ${id} of which nobody knows whether it left.`,
    next: "`millrace emails list --state unknown` shows those.",
    field: "id",
  });
}
