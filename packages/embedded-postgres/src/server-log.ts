/**
 * PostgreSQL's own log, `postgres.log` in the data folder. The server appends to a file that we opened, so
 * it may lie where the server's user cannot go, and no logging process is needed.
 */
import { closeSync, copyFileSync, openSync, readSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

const LIMIT_BYTES = 5_000_000;

export function logPath(dataFolder: string): string {
  return join(dataFolder, "postgres.log");
}

/** @returns where in the log the words of a server started now will begin. */
export function startLog(dataFolder: string): number {
  boundLog(dataFolder);
  return logSize(dataFolder);
}

/** Keeps the log below 5 MB, with the part before in `postgres.log.1`; works under a running server. */
export function boundLog(dataFolder: string, limitBytes: number = LIMIT_BYTES): void {
  if (logSize(dataFolder) <= limitBytes) return;
  const path = logPath(dataFolder);
  copyFileSync(path, `${path}.1`);
  // The server's file is open for appending, so it goes on at the new end.
  truncateSync(path);
}

/** What was logged from a position on, 16 KB at most. */
export function logSince(dataFolder: string, start: number): string {
  const file = openSync(logPath(dataFolder), "r");
  try {
    const buffer = Buffer.alloc(16_384);
    return buffer.toString("utf8", 0, readSync(file, buffer, 0, buffer.length, start));
  } finally {
    closeSync(file);
  }
}

function logSize(dataFolder: string): number {
  return statSync(logPath(dataFolder), { throwIfNoEntry: false })?.size ?? 0;
}
