/**
 * What is done at the start about a decision that took too long and ended the process before: the workflow is left out in
 * that version, and what had been accepted and was not written yet is appended. Called by create-engine.ts.
 */
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MillraceError } from "../base/errors.ts";
import type { Database } from "../db/database.ts";
import { type DecisionTimeout, readTimeout, reasonOf, removeTimeout } from "../decider/decision-timeout.ts";
import type { IncomingEvent } from "../intake/incoming-event.ts";
import { stopWorkflow } from "../workflows/workflow-stops.ts";

/** Where the record is kept. @param dataFolder undefined: the database is a server's, and nothing is kept in files but this. */
export function timeoutFile(dataFolder: string | undefined, databaseUrl: string): string {
  if (dataFolder !== undefined) return join(dataFolder, "decision-timeout.json");
  const name = createHash("sha256").update(databaseUrl).digest("hex").slice(0, 16);
  return join(tmpdir(), `millrace-decision-timeout-${process.getuid?.() ?? "user"}-${name}.json`);
}

/** Leaves the workflow out. @returns the record, or undefined when the last process ended otherwise. */
export async function applyTimeout(db: Database, file: string): Promise<DecisionTimeout | undefined> {
  const timeout = readTimeout(file);
  if (timeout === undefined) return undefined;
  const { workflow, version } = timeout.under;
  await stopWorkflow(db, { workflow, version, reason: reasonOf(timeout) });
  return timeout;
}

/** Appends what was under way, then forgets the record; a crash in between only does it again. */
export async function resumeIncoming(
  timeout: DecisionTimeout,
  file: string,
  resume: (arrivals: readonly IncomingEvent[]) => Promise<void>,
): Promise<void> {
  // One by one: what would have been refused keeps out nothing but itself.
  for (const arrival of timeout.under.arrivals as readonly IncomingEvent[]) {
    await resume([arrival]).catch((error: unknown) => {
      if (!(error instanceof MillraceError)) throw error;
    });
  }
  removeTimeout(file);
}
