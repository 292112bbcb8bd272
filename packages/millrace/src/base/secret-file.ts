/** A secret of this installation: made once, kept in the data folder, readable by its owner only. */
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { constants, copyFile, link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { MillraceError } from "./errors.ts";

export interface SecretFile {
  /** The file's name in the data folder. */
  readonly name: string;
  /** What every such secret begins with: "mr_". */
  readonly prefix: string;
  /** What it is, for the error: "an API key". */
  readonly what: string;
}

/**
 * @param dataFolder left out: a secret of this process alone, forgotten when it ends.
 * @returns the prefix and 256 random bits in base64url.
 * @throws MillraceError invalid_config when the file holds something else.
 */
export async function loadSecret(dataFolder: string | undefined, { name, prefix, what }: SecretFile): Promise<string> {
  const fresh = `${prefix}${randomBytes(32).toString("base64url")}`;
  if (dataFolder === undefined) return fresh;
  await mkdir(dataFolder, { recursive: true });
  const file = join(dataFolder, name);
  if (await isMade(file, fresh)) return fresh;
  const kept = await readKept(file);
  if (kept.startsWith(prefix) && /^[A-Za-z0-9_-]{43}$/.test(kept.slice(prefix.length))) return kept;
  throw new MillraceError("invalid_config", {
    saw: `${file} does not hold ${what}.`,
    next: "delete the file; a new one is made at the next start.",
    field: "dataFolder",
  });
}

/**
 * Makes the file, whole and on the disk or not at all: a process that is killed meanwhile leaves none that is empty.
 * @returns false when there is one: of two processes that start together one makes it, the other reads.
 */
async function isMade(file: string, secret: string): Promise<boolean> {
  if (existsSync(file)) return false;
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, `${secret}\n`, { flag: "wx", mode: 0o600, flush: true });
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") throw error;
      // A file system without links.
      return copyFile(draft, file, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Where it had to be copied the other process makes the file before it writes into it; an empty one is about to be written. */
async function readKept(file: string): Promise<string> {
  for (let attempt = 1; attempt < 20; attempt++) {
    const kept = (await readFile(file, "utf8")).trim();
    if (kept !== "") return kept;
    await sleep(10);
  }
  return "";
}
