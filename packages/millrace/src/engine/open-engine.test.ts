/** What is refused before anything is started or made. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { openEngine } from "./open-engine.ts";

test("a program that names a file as its data folder is refused, with a server's database too", async () => {
  const folder = await mkdtemp(join(tmpdir(), "millrace-open-"));
  const file = join(folder, "data");
  await writeFile(file, "x");
  for (const databaseUrl of [undefined, "postgres://127.0.0.1:1/none"])
    await assert.rejects(openEngine({ dataFolder: file, ...(databaseUrl === undefined ? {} : { databaseUrl }) }), {
      code: "invalid_config",
      message: `The data folder ${file} is a file. Expected: a folder, or a path where one can be made. Next: set dataFolder or MILLRACE_DATA to another path, or move that file away.`,
    });
  await rm(folder, { recursive: true });
});
