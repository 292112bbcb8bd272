#!/usr/bin/env node
/**
 * The `millrace` command, on any Node from 18 on. Node 24 runs it at once; an older one, or a checkout that is not set
 * up, goes the way of scripts/run.mjs, which installs what is missing and finds a Node that can run TypeScript.
 */
import module from "node:module";

const NEEDED_NODE = 24;

if (Number(process.versions.node.split(".")[0]) >= NEEDED_NODE && isSetUp()) {
  // Before the first TypeScript file: found in the cache, none needs the compiler, which takes 60 ms to load.
  module.enableCompileCache();
  await import("../src/cli/main.ts");
} else {
  process.argv.splice(2, 0, "cli");
  await import("../scripts/run.mjs");
}

function isSetUp() {
  try {
    return ["commander", "pg", "zod"].every((name) => import.meta.resolve(name) !== "");
  } catch {
    return false;
  }
}
