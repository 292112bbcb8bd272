/** The README's commands go through scripts/run.mjs: it must find its way to the command line and pass on what it says. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";

const runner = join(import.meta.dirname, "..", "..", "scripts", "run.mjs");

describe("scripts/run.mjs", () => {
  it("runs the command line, with its output and its exit code", () => {
    const version = spawnSync(process.execPath, [runner, "cli", "version", "--json"], { encoding: "utf8" });
    assert.equal(version.status, 0, version.stderr);
    assert.equal(typeof JSON.parse(version.stdout).millrace, "string");
    const unknown = spawnSync(process.execPath, [runner, "cli", "strat"], { encoding: "utf8" });
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /Did you mean start/i);
  });

  it("says how it is used when it is not understood", () => {
    const lost = spawnSync(process.execPath, [runner, "bake"], { encoding: "utf8" });
    assert.equal(lost.status, 2);
    assert.match(lost.stderr, /Usage/);
  });
});
