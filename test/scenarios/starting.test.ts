/** An engine that cannot start leaves nothing behind in a process that lives on. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { freshDatabase } from "../factories/database.ts";

describe("an engine that fails half-way through its start", () => {
  it("stops what it had begun, and says why it failed", async () => {
    const database = await freshDatabase();
    const errors: unknown[] = [];
    // PostgreSQL keeps no such text, so this consumer's place cannot be made: by then everything else turns.
    const consumer = { name: "mirror\u0000", about: "Cannot be.", take: async () => {} };
    try {
      await assert.rejects(
        openEngine({ databaseUrl: database.url, consumers: [consumer] }, { onError: (error) => errors.push(error) }),
        /invalid byte sequence/,
      );
      const db = new Database({ url: database.url, maxConnections: 1 });
      const left = () =>
        db.query("select query from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
      let others = await left();
      // PostgreSQL hears of it a moment after the connection is closed here.
      for (let i = 0; i < 100 && others.length > 0; i++) {
        await sleep(10);
        others = await left();
      }
      await db.close();
      assert.deepEqual(others, [], "no connection is left");
      assert.deepEqual(errors, []);
    } finally {
      await database.drop();
    }
  });
});
