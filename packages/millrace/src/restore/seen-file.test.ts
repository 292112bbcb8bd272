import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { readSeen, writeSeen } from "./seen-file.ts";

it("what was seen is written by many at once, whole each time, and nothing else is left", async () => {
  const folder = await mkdtemp(join(tmpdir(), "millrace-seen-"));
  try {
    const seen = (newest: number) => ({ systemIdentifier: "7", databaseOid: 5, lineage: "a", newest });
    await Promise.all(Array.from({ length: 50 }, (_, i) => writeSeen(folder, seen(i))));
    const read = await readSeen(folder);
    assert.ok(read !== undefined && read.newest >= 0 && read.newest < 50);
    assert.deepEqual(await readdir(folder), ["database-seen.json"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
