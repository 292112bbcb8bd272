/** The account as one JSON file: written whole beside the old one and put in its place, so a crash leaves the last good one. */
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./account.ts";

const FILE = "hubspot-simulator.json";
const FORMAT = 1;

/** Fields that are the account's data; the rest is who it is and who listens. */
const KEPT = [
  "lastId",
  "tables",
  "links",
  "labels",
  "owners",
  "pipelines",
  "subscriptionTypes",
  "consents",
  "forms",
  "submissions",
  "lists",
  "emailEvents",
  "flows",
  "timeline",
  "customEvents",
] as const;

/** Maps and sets travel as marked lists. */
function packed(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value] };
  if (value instanceof Set) return { $set: [...value] };
  return value;
}

function unpacked(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$map" in value && Array.isArray(value.$map)) return new Map(value.$map as [unknown, unknown][]);
  if ("$set" in value && Array.isArray(value.$set)) return new Set(value.$set);
  return value;
}

export function snapshotText(account: Account, more: Record<string, unknown>): string {
  const kept = Object.fromEntries(KEPT.map((name) => [name, account[name]]));
  return JSON.stringify({ format: FORMAT, account: kept, ...more }, packed);
}

export type Loaded = { account: Partial<Account>; [more: string]: unknown };

/** What the folder holds, or undefined when there is nothing yet. A file that cannot be read stops the start. */
export async function loadSnapshot(folder: string): Promise<Loaded | undefined> {
  const path = join(folder, FILE);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const read = JSON.parse(text, unpacked) as Loaded & { format: number };
    if (read.format !== FORMAT) throw new Error(`format ${read.format}, expected ${FORMAT}`);
    return read;
  } catch (error) {
    throw new Error(`${path} cannot be read (${(error as Error).message}). Next: move it away to start empty.`);
  }
}

export type SnapshotWriter = { soon: () => void; stop: () => Promise<void> };

/** Writes some time after the last change, and at the end. Never two at once. */
export function snapshotWriter(folder: string, textNow: () => string, delayMs = 500): SnapshotWriter {
  const path = join(folder, FILE);
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let isDirty = false;
  let lastTookMs = 0;

  async function write(): Promise<void> {
    isDirty = false;
    const startedAt = performance.now();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(`${path}.new`, "w", 0o600);
    try {
      await file.writeFile(textNow());
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.new`, path);
    lastTookMs = performance.now() - startedAt;
  }

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };

  return {
    soon() {
      isDirty = true;
      // A large account takes long to write and holds up every call meanwhile: a twentieth of the time at most.
      timer ??= setTimeout(
        () => {
          flush().catch((error: Error) => console.error(`The snapshot could not be written: ${error.message}`));
        },
        Math.max(delayMs, lastTookMs * 20),
      );
    },
    async stop() {
      await (isDirty ? flush() : writing.catch(() => undefined));
    },
  };
}
