/** What people are shown of answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { operationCommands } from "./operation-commands.ts";
import { shows } from "./shows.ts";

test("the answer of every command is shown in words, and no line is kept for a command that is no more", () => {
  assert.deepEqual(Object.keys(shows).toSorted(), [...operationCommands.keys()].toSorted());
});
