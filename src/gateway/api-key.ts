/** The key programs call with: made once, kept in the data folder, readable by its owner only. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MillraceError } from "../errors.ts";

const FORM = /^mr_[A-Za-z0-9_-]{43}$/;

/**
 * @param dataFolder left out: a key of this process alone, forgotten when it ends.
 * @throws MillraceError invalid_config when the file holds something else.
 */
export async function loadApiKey(dataFolder: string | undefined): Promise<string> {
  const fresh = `mr_${randomBytes(32).toString("base64url")}`;
  if (dataFolder === undefined) return fresh;
  await mkdir(dataFolder, { recursive: true });
  const file = join(dataFolder, "api-key");
  try {
    // "wx": of two processes that start together one writes, the other reads.
    await writeFile(file, `${fresh}\n`, { flag: "wx", mode: 0o600 });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const kept = (await readFile(file, "utf8")).trim();
  if (FORM.test(kept)) return kept;
  throw new MillraceError("invalid_config", {
    saw: `${file} does not hold an API key.`,
    next: "delete the file; a new key is made at the next start.",
    field: "dataFolder",
  });
}
