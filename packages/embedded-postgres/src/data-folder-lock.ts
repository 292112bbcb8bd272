/**
 * One engine per data folder (invariant I26). The lock is a file that names its holder; it outlives a
 * kill -9, so the next starter has to tell a dead holder from a live one, and two of them must not both
 * take over. Removing a stale lock cannot be made safe (the second remover may remove the first one's new
 * lock), so locks are numbered: `engine.lock.7` is taken over by creating `engine.lock.8`, which the file
 * system grants to one process only, and the highest number is never deleted, not even by release().
 */
import { randomBytes } from "node:crypto";
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./errors.ts";
import { isFromHere, markOf, type ProcessMark, stillRuns } from "./process-identity.ts";

export interface DataFolderLock {
  release(): void;
}

/** How often the holder touches its file, for readers in another container, to whom its pid says nothing. */
const HEARTBEAT_MS = 5_000;
const HEARTBEAT_LOST_MS = 3 * HEARTBEAT_MS;

/**
 * Takes the lock of a folder for this process.
 * A lock whose holder died is taken over at once; one left by another container or machine that shares the
 * folder, 15 s after its last heartbeat. A live holder is never displaced.
 * @throws EmbeddedPostgresError `database_locked`, naming the holder's pid.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  for (;;) {
    const highest = highestNumber(folder);
    if (highest > 0) refuseIfHeld(folder, highest);
    const path = lockPath(folder, highest + 1);
    if (!createAtOnce(folder, path)) continue;
    // Between the look and the creation others may have come and gone, and removed the number just taken.
    if (highestNumber(folder) > highest + 1) {
      rmSync(path, { force: true });
      continue;
    }
    removeLower(folder, highest + 1);
    return hold(folder, path);
  }
}

function hold(folder: string, path: string): DataFolderLock {
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // The folder was removed under us: there is nothing left to guard.
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release() {
      clearInterval(heartbeat);
      try {
        writeThenMove(folder, "released", path);
      } catch {
        // As above; and a lock that cannot be given back ends with this process anyway.
      }
    },
  };
}

function refuseIfHeld(folder: string, number: number): void {
  const holder = readHolder(lockPath(folder, number));
  if (holder === undefined) return;
  const isHeld = isFromHere(holder.mark) ? stillRuns(holder.mark) : holder.silentMs < HEARTBEAT_LOST_MS;
  if (!isHeld) return;
  const { pid } = holder.mark;
  const isElsewhere = !isFromHere(holder.mark);
  throw new EmbeddedPostgresError("database_locked", {
    saw: `The data folder ${folder} is in use by another Millrace, pid ${pid}${isElsewhere ? " in another container or on another machine" : ""}.`,
    expected: "one engine per data folder",
    next: isElsewhere
      ? `stop that one; if it was killed, try again in ${HEARTBEAT_LOST_MS / 1000} s.`
      : `stop that one (kill ${pid}), or start this one with a data folder of its own.`,
  });
}

/** The holder, or undefined when the lock was released, is gone, or was cut short by a power failure. */
function readHolder(path: string): { mark: ProcessMark; silentMs: number } | undefined {
  try {
    const mark = JSON.parse(readFileSync(path, "utf8")) as ProcessMark;
    return { mark, silentMs: Date.now() - statSync(path).mtimeMs };
  } catch {
    return undefined;
  }
}

/** Creates the file with its whole content, or returns false when it exists. */
function createAtOnce(folder: string, path: string): boolean {
  const draft = draftPath(folder);
  try {
    writeFileSync(draft, JSON.stringify(markOf(process.pid)), { mode: 0o644, flag: "wx" });
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeThenMove(folder: string, text: string, path: string): void {
  const draft = draftPath(folder);
  writeFileSync(draft, text, { mode: 0o644, flag: "wx" });
  renameSync(draft, path);
}

function highestNumber(folder: string): number {
  return Math.max(0, ...lockNumbers(folder));
}

function removeLower(folder: string, number: number): void {
  for (const lower of lockNumbers(folder)) {
    if (lower < number) rmSync(lockPath(folder, lower), { force: true });
  }
}

function lockNumbers(folder: string): number[] {
  return readdirSync(folder).flatMap((name) => {
    const match = /^engine\.lock\.(\d+)$/.exec(name);
    return match ? [Number(match[1])] : [];
  });
}

function lockPath(folder: string, number: number): string {
  return join(folder, `engine.lock.${number}`);
}

function draftPath(folder: string): string {
  return join(folder, `engine.lock.draft-${process.pid}-${randomBytes(4).toString("hex")}`);
}
