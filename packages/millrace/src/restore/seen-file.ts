/** What was seen of the database, in the data folder: a file outside of it, which a restored database does not bring along. */
import { randomUUID } from "node:crypto";
import { readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Seen } from "./lineage.ts";

const NAME = "database-seen.json";

const shape = z.object({
  systemIdentifier: z.string(),
  databaseOid: z.number(),
  lineage: z.string(),
  newest: z.number().int(),
});

/** @returns undefined when there is none, or one that cannot be read: then nothing was seen. */
export async function readSeen(dataFolder: string | undefined): Promise<Seen | undefined> {
  if (dataFolder === undefined) return undefined;
  const text = await readFile(join(dataFolder, NAME), "utf8").catch(() => "");
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whole or not at all. */
export async function writeSeen(dataFolder: string | undefined, seen: Seen): Promise<void> {
  if (dataFolder === undefined) return;
  const file = join(dataFolder, NAME);
  // Several engines of one folder may write at once, in one process too.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(seen)}\n`, { mode: 0o600 });
  await rename(draft, file);
}

/** A file of the cluster that is never written again after initdb, by its number and birth on the disk: a copy has others. */
export async function clusterFileOf(cluster: string | undefined): Promise<string | null> {
  if (cluster === undefined) return null;
  const { ino, birthtimeMs } = await stat(join(cluster, "PG_VERSION"));
  return `${ino}:${Math.trunc(birthtimeMs)}`;
}
