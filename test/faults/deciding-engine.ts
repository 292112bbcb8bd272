/**
 * A program that embeds an engine whose workflow never comes back for some forms. Argument: the config as JSON, without
 * workflows. Says "ready" on standard output and goes on until it is killed.
 */
import { writeSync } from "node:fs";
import { alt, branch, createEngine, on, otherwise, stop, when, workflow } from "../../packages/millrace/src/index.ts";

const spins = when<"form_submitted">("spins", ({ event }) => {
  let isOver = event.data.form !== "spin";
  while (!isOver) isOver = Date.now() < 0;
  return false;
});
const hasManyAs = when<"form_submitted">(
  "has many a",
  ({ event }) => event.data.form === "pattern" && /^(a+)+$/.test(`${"a".repeat(60)}!`),
);

const trial = workflow("trial", {}, [
  on(
    "form_submitted",
    alt(branch("spin", spins, stop("spun")), branch("pattern", hasManyAs, stop("matched")), otherwise(stop("fine"))),
  ),
]);

const config = JSON.parse(process.argv[2] ?? "{}");
await createEngine({ ...config, workflows: [trial] });
writeSync(1, "ready\n");
