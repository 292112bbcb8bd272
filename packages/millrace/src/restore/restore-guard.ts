/**
 * Keeps a restored or copied database from doing once more what was done before: what left after the backup was made is due
 * again in it. Looks at every start and after each lost connection; found, mail, CRM writes and webhooks are kept in, admin is
 * alerted once, and a person confirms what was sent meanwhile. Called by open-engine.ts and maintenance.
 */
import { randomUUID } from "node:crypto";
import type { Clock } from "../base/clock.ts";
import type { Database, Queryable } from "../db/database.ts";
import type { Position } from "../events/event.ts";
import { appendFacts } from "../events/facts.ts";
import { newestPosition } from "../events/log.ts";
import { lockLog } from "../events/log-lock.ts";
import { draftTask } from "../tasks/draft.ts";
import type { WorkRules } from "../tasks/finish.ts";
import { insertTasks } from "../tasks/queue.ts";
import {
  type Finding,
  findingOf,
  type Identity,
  readIdentity,
  readKnown,
  type Seen,
  writeFirst,
  writeKnown,
} from "./lineage.ts";
import { endedLineages, holdOutside, noteTold, type Restore, readOpenRestore } from "./restores.ts";
import { clusterFileOf, readSeen, writeSeen } from "./seen-file.ts";

export interface RestoreGuardOptions {
  readonly clock: Clock;
  readonly work: WorkRules;
  /** undefined: nothing is kept in files; what was seen is known while the process lives. */
  readonly dataFolder: string | undefined;
  /** The embedded cluster's folder; undefined: a server. */
  readonly cluster: string | undefined;
  /** Called with what was found. */
  readonly say: (text: string) => void;
}

export class RestoreGuard {
  readonly #options: RestoreGuardOptions;
  #seen: Seen | undefined;
  #written = -1;

  constructor(options: RestoreGuardOptions) {
    this.#options = options;
  }

  /** Compares the database with what is known of it, and holds what leaves when it is another one. */
  async look(db: Database): Promise<void> {
    const { dataFolder, cluster, say } = this.#options;
    const here = { ...(await readIdentity(db)), clusterFile: await clusterFileOf(cluster) };
    const seen = newer(this.#seen, await readSeen(dataFolder));
    const known = await readKnown(db);
    const compared = { here, known, seen, newest: await newestPosition(db), ended: await endedLineages(db) };
    const finding = findingOf(compared);
    const lineage =
      finding === undefined || known === undefined
        ? await this.#remember(db, here)
        : await this.#hold(db, finding, here, { ended: known.lineage, newest: compared.newest });
    await this.#alert(db);
    if (finding === undefined && known !== undefined && known.timeline !== here.timeline)
      say(`The database was failed over: it is on timeline ${here.timeline} and was on ${known.timeline}.`);
    const { systemIdentifier, databaseOid } = here;
    this.#seen = { systemIdentifier, databaseOid, lineage, newest: compared.newest };
    await this.note(db);
  }

  /** A position that was answered for. */
  saw(position: Position): void {
    if (this.#seen !== undefined && position > this.#seen.newest) this.#seen = { ...this.#seen, newest: position };
  }

  /** Writes down what was seen; nothing when it stands there. */
  async note(db: Queryable): Promise<void> {
    if (this.#seen === undefined) return;
    this.saw(await newestPosition(db));
    if (this.#written === this.#seen.newest) return;
    this.#written = this.#seen.newest;
    await writeSeen(this.#options.dataFolder, this.#seen);
  }

  async #remember(db: Queryable, here: Identity): Promise<string> {
    const first = { ...here, lineage: randomUUID() };
    await writeFirst(db, first);
    const known = (await readKnown(db)) ?? first;
    // A process that cannot see the cluster's files leaves what another one has seen of them.
    const clusterFile = here.clusterFile ?? known.clusterFile;
    if (known.timeline !== here.timeline || known.clusterFile !== clusterFile)
      await writeKnown(db, { ...known, timeline: here.timeline, clusterFile });
    return known.lineage;
  }

  async #hold(
    db: Database,
    finding: Finding,
    here: Identity,
    { ended, newest }: { readonly ended: string; readonly newest: Position },
  ): Promise<string> {
    const { clock, work } = this.#options;
    const now = clock.now();
    return db.transaction(async (tx) => {
      await lockLog(tx);
      // Another process may have found it first.
      const known = await readKnown(tx);
      if (known !== undefined && known.lineage !== ended) return known.lineage;
      const lineage = await holdOutside(tx, finding, { here, ended, newest, now });
      // Numbers drawn before may have been given elsewhere.
      work.taskIds.forget();
      return lineage;
    });
  }

  /** Alerts admin once of what is held, by whichever process it was found: this process, another one, or `millrace restore`. */
  async #alert(db: Database): Promise<void> {
    const { clock, work, say } = this.#options;
    const open = await readOpenRestore(db);
    if (open === undefined) return;
    say(textOf(open));
    if (open.toldBy !== null) return;
    const now = clock.now();
    await work.taskIds.ensure(db, 1);
    await db.transaction(async (tx) => {
      await lockLog(tx);
      const still = await readOpenRestore(tx);
      if (still === undefined || still.toldBy !== null) return;
      const { id, how, detail, newest, lastMissing } = still;
      const data = { how, detail, newest, ...(lastMissing === null ? {} : { lastMissing }) };
      const cause = await appendFacts(tx, [{ type: "database_restored", data }], "engine", now);
      await noteTold(tx, id, cause);
      const onceKey = `database_restored:admin:event:${cause}`;
      const values = { detail, range: rangeOf(newest, lastMissing) };
      const request = {
        kind: "send_alert",
        mergeKey: `send_alert:${onceKey}`,
        payload: { audience: "admin", name: "database_restored", onceKey, values },
      };
      const origin = { contact: null, cause, root: cause, depth: 0, bornAt: now, requestedBy: "engine" };
      await insertTasks(tx, [draftTask(request, origin, work.taskIds.take(), now, work.tasks)], work.agingMs);
    });
  }
}

/** Of two looks at one database the later; a file of another database says nothing against the process's own. */
function newer(own: Seen | undefined, kept: Seen | undefined): Seen | undefined {
  if (own === undefined) return kept;
  return kept !== undefined && kept.lineage === own.lineage && kept.newest > own.newest ? kept : own;
}

/** "those behind position 40, up to 52 at least" */
export function rangeOf(newest: Position, lastMissing: Position | null): string {
  const upTo = lastMissing === null ? "" : `, up to ${lastMissing} at least`;
  return `those behind position ${newest}${upTo}`;
}

function textOf({ detail, newest, lastMissing }: Restore): string {
  return (
    `This database is not the one it was. ${detail} Events may be missing: ${rangeOf(newest, lastMissing)}. ` +
    "Mail, CRM writes and webhooks are kept in. Next: millrace restore status"
  );
}
