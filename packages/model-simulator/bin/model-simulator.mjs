#!/usr/bin/env node
/** The `model-simulator` command: what was built when installed from npm, the sources in a checkout. Node 18 reads this file. */
import { existsSync } from "node:fs";

const NEEDED_NODE = 24;
const NO_NODE = 3;
const SOURCE = new URL("../src/main.ts", import.meta.url);

if (Number(process.versions.node.split(".")[0]) < NEEDED_NODE) {
  process.stderr.write(
    `The model simulator needs Node ${NEEDED_NODE} or newer and this is Node ${process.versions.node}: run "npm install node@${NEEDED_NODE}" in this project, and the same command again by npx or an npm script.\n`,
  );
  process.exitCode = NO_NODE;
} else await import(existsSync(SOURCE) ? SOURCE : "../dist/main.js");
