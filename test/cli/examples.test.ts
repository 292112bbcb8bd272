/** The examples, run as a reader would run them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { node, REPOSITORY } from "./cli.ts";

test("an engine inside a program answers a question and scores its sender", async () => {
  const { code, stdout, stderr } = await node([join("examples", "embed.ts")], { cwd: REPOSITORY });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^answered: See the handbook, page 4\.\nscore: \d+\n$/);
});

test("an event type of one's own is decided by a workflow of one's own", async () => {
  const { code, stdout, stderr } = await node([join("examples", "own-event.ts")], { cwd: REPOSITORY });
  assert.equal(code, 0, stderr);
  assert.equal(
    stdout,
    "event 1: used\nevent 2: nothing to do (used: not somebody used it)\noffered: the team plan\nthe first one was event 1\n",
  );
});
