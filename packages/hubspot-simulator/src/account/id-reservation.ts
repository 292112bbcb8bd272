/**
 * Ids that are given once, whatever ends the process. The snapshot is written some time after a change, so a simulator that was
 * killed would give the ids of the last moment a second time, and who remembers the first contact would take the second for it.
 * Here a number is on the disk before the ids below it are given, a thousand at a time.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

const FILE = "highest-id";
const AT_ONCE = 1_000;

export type IdReservation = {
  /** The highest id that may have been given. */
  readonly highest: number;
  /** Called before an id is given. */
  reserve: (id: number) => void;
  /** Gives back what was not used, at a proper end. */
  release: () => void;
};

/** @param lastKept the last id of the snapshot; undefined: there is none. */
export function idReservation(folder: string, lastKept: number | undefined): IdReservation {
  const file = join(folder, FILE);
  const reserved = readNumber(file);
  // A snapshot of before there was such a file may lack what was given after it.
  let highest = Math.max(lastKept ?? 0, reserved ?? (lastKept === undefined ? 0 : lastKept + AT_ONCE));
  let upTo = reserved ?? 0;
  const write = (number: number): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const descriptor = openSync(`${file}.new`, "w", 0o600);
    writeSync(descriptor, `${number}\n`);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(`${file}.new`, file);
    upTo = number;
  };
  return {
    get highest() {
      return highest;
    },
    reserve(id) {
      if (id > upTo) write(id + AT_ONCE - 1);
      highest = Math.max(highest, id);
    },
    release() {
      if (upTo > highest) write(highest);
    },
  };
}

function readNumber(file: string): number | undefined {
  try {
    const number = Number(readFileSync(file, "utf8"));
    return Number.isSafeInteger(number) ? number : undefined;
  } catch {
    return undefined;
  }
}
