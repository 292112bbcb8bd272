/** An erased person stands in no file of the data folder, once the database has tidied up and what it writes ahead has gone round. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { describe, it } from "node:test";
import pg from "pg";
import { ManualClock } from "../../packages/millrace/src/base/clock.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { ADDRESS, CANARY, FIELDS, keyFolder } from "./erasure.fixture.ts";

/** Files in which the word stands. What is written ahead (pg_wal) is left out: it is written over in its turn. */
async function filesWith(folder: string, word: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const file of files.filter((one) => !one.includes(`${sep}pg_wal${sep}`))) {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    if (bytes.toString("latin1").toLowerCase().includes(word)) found.push(file.slice(folder.length + 1));
  }
  return found;
}

describe("the data folder of an engine with its own database", () => {
  it("holds an erased person in no file after VACUUM FULL and a checkpoint, and all of somebody who was not erased", async () => {
    await using folder = await keyFolder();
    const engine = await openEngine({ dataFolder: folder.path }, { clock: new ManualClock() });
    // Without the engine's time limits.
    const patient = new pg.Client({ connectionString: engine.db.url });
    await patient.connect();
    try {
      const bob = { email: "bob6qzk@acme.example", firstname: "Bob", company: "bob6qzk Ltd" };
      const [theirs] = await engine.append([
        { type: "form_submitted", source: "form:demo", id: CANARY, data: { form: "demo", fields: FIELDS } },
        { type: "form_submitted", data: { form: "demo", fields: bob } },
      ]);
      await engine.idle();
      await engine.append([{ type: "email_clicked", data: { email: ADDRESS, url: `https://acme.example/${CANARY}` } }]);
      await engine.idle();
      const tidyUp = async () => {
        // Statistics hold values too, so they come first.
        for (const order of ["analyze", "vacuum full", "checkpoint"]) await patient.query(order);
      };
      await tidyUp();
      // Where it is depends on who runs it; PostgreSQL's log is beside it.
      const [place] = await engine.db.query<{ folder: string }>("select current_setting('data_directory') as folder");
      const home = dirname(place?.folder ?? "");
      assert.ok((await filesWith(home, CANARY)).length >= 5, "before, they stand in many files");
      await engine.actions.eraseContact({ contact: theirs?.contact ?? "" }, { by: "person:ana" });
      await engine.idle();
      await tidyUp();
      assert.deepEqual(await filesWith(home, CANARY), []);
      assert.ok((await filesWith(home, "bob6qzk")).length >= 5);
    } finally {
      await patient.end();
      await engine.stop();
    }
  });
});
