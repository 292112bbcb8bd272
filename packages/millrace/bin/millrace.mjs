#!/usr/bin/env node
/**
 * The `millrace` command. Installed from npm it needs Node 24 and says so on an older one; in a checkout it runs the
 * sources, and goes the way of scripts/run.mjs where packages or Node 24 are missing. Plain JavaScript that Node 18 reads.
 */
import { existsSync } from "node:fs";
import module from "node:module";

const NEEDED_NODE = 24;
const NO_NODE = 3;
const isNodeNewEnough = Number(process.versions.node.split(".")[0]) >= NEEDED_NODE;
const SOURCE = new URL("../src/cli/main.ts", import.meta.url);

if (!existsSync(SOURCE)) {
  if (isNodeNewEnough) {
    // Before the first file: found in the cache, none is compiled again.
    module.enableCompileCache();
    await import("../dist/cli/main.js");
  } else {
    process.stderr.write(
      `Millrace needs Node ${NEEDED_NODE} or newer and this is Node ${process.versions.node}: run "npm install node@${NEEDED_NODE}" in this project, and the same command again by npx or an npm script.\n`,
    );
    process.exitCode = NO_NODE;
  }
} else if (isNodeNewEnough && isSetUp()) {
  module.enableCompileCache();
  await import(SOURCE);
} else {
  process.argv.splice(2, 0, "cli");
  await import("../../../scripts/run.mjs");
}

function isSetUp() {
  try {
    return ["commander", "pg", "zod"].every((name) => import.meta.resolve(name) !== "");
  } catch {
    return false;
  }
}
