/** The console asks the engine by types made from the OpenAPI document: they are those of the document as it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { consoleTypes, consoleTypesOnDisk } from "../../tools/console-types.ts";

test("the console's types are those of the OpenAPI document (else: npm run docs)", async () => {
  assert.ok((await consoleTypes()) === consoleTypesOnDisk(), "packages/console/src/api/schema.ts is not up to date");
});
