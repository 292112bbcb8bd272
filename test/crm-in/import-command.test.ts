/** `millrace hubspot import` from the outside: counts, takes, and takes nothing twice. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startSimulator } from "../../packages/hubspot-simulator/src/server.ts";
import { millrace, projectFolder } from "../cli/cli.ts";
import { freshDatabase } from "../factories/database.ts";

test("hubspot import counts with --dry-run, takes everybody once, and set-aside says that all could be read", async () => {
  const database = await freshDatabase();
  const simulator = await startSimulator({ tier: "none", seed: true });
  try {
    await using folder = await projectFolder();
    const env = {
      DATABASE_URL: database.url,
      HUBSPOT_ACCESS_TOKEN: simulator.token,
      HUBSPOT_BASE_URL: simulator.url,
    };
    const run = (...words: string[]) => millrace(["hubspot", ...words], { cwd: folder.path, env });
    const seeded = simulator.account().tables.get("0-1")?.records.size ?? 0;
    const dry = await run("import", "--dry-run", "--json");
    assert.equal(dry.code, 0, dry.stderr);
    assert.equal(JSON.parse(dry.stdout).taken, seeded);
    const first = await run("import");
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stderr, new RegExp(`${seeded} taken`));
    const again = await run("import", "--json");
    assert.equal(JSON.parse(again.stdout).seen, seeded);
    const setAside = await run("set-aside", "--json");
    assert.deepEqual(JSON.parse(setAside.stdout), { setAside: [] });
  } finally {
    await simulator.close();
    await database.drop();
  }
});
