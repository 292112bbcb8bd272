/** Confirms what was sent before the database was restored: everything may leave again. */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import type { Tx } from "../db/database.ts";
import { resumeMail } from "../email/policy/mail-switch.ts";
import { appendFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import type { DatabaseContext } from "../operations/context.ts";
import { operation } from "../operations/operation.ts";
import { restoreConfirmed } from "../queries/views.ts";
import { confirmOpenRestore, emailsBefore, readOpenRestore } from "../restore/restores.ts";
import { cancelByPerson } from "../tasks/people.ts";

const EMAILS =
  "What becomes of e-mails asked for before: they have not left yet (send), or they left meanwhile (cancel).";
const BATCH = 50;

export const confirmRestore = operation({
  input: z.object({ emails: z.enum(["send", "cancel"]).describe(EMAILS) }),
  answer: restoreConfirmed,
  run: async (context, { emails }) => {
    const cancelled = emails === "cancel" ? await cancelEmails(context) : 0;
    const { by, clock, changed } = context;
    const restore = await commit(context, async (tx) => {
      const now = clock.now();
      const confirmed = await confirmOpenRestore(tx, { by: by.name, now, emails });
      if (confirmed === undefined) throw nothingHeld();
      await appendFacts(tx, [{ type: "restore_confirmed", data: { emails, cancelled } }], by.id, now);
      await wakeEmails(tx, by.name, now);
      return confirmed;
    });
    await changed("mail");
    const { toldBy, ...shown } = restore;
    return { restore: shown, emails, cancelled };
  },
});

/** While everything is still held, in small transactions: the log is locked for each. */
async function cancelEmails(context: DatabaseContext): Promise<number> {
  const { db, by, clock } = context;
  const open = await readOpenRestore(db);
  if (open === undefined) throw nothingHeld();
  let cancelled = 0;
  for (;;) {
    const ids = (await emailsBefore(db, open.newest)).slice(0, BATCH);
    if (ids.length === 0) return cancelled;
    await commit(context, async (tx) => {
      for (const id of ids) await cancelByPerson(tx, id, by, "It left before the database was restored.", clock.now());
    });
    cancelled += ids.length;
  }
}

/** What waits looks again now; where an operator has stopped the mail it stays stopped. */
async function wakeEmails(tx: Tx, by: string, now: number): Promise<void> {
  const [off] = await tx.query("select from switches where name = 'mail' and is_off");
  if (off === undefined) await resumeMail(tx, { by, now });
}

function nothingHeld(): MillraceError {
  return new MillraceError("not_found", {
    saw: "Nothing is held: this database was not found to be restored, or that was confirmed before.",
    next: "look with `millrace restore status`.",
  });
}
