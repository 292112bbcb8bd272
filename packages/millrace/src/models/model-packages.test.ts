/** What is said where the packages of a language model are missing. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { PACKAGE_FOLDER } from "../base/package.ts";
import { MODEL_PACKAGES, needModelPackages } from "./model-packages.ts";

test("packages that are missing are named with the one command that brings them, and what is there is not asked for", () => {
  assert.throws(() => needModelPackages("anthropic", "`--model-simulator`", () => false), {
    code: "invalid_config",
    message:
      "`--model-simulator` needs the packages ai and @ai-sdk/anthropic, which this project does not have. Next: run `npm install ai@7 @ai-sdk/anthropic@4` in it, and the same command again.",
  });
  assert.throws(() => needModelPackages("openai-compatible", "`models`", (name) => name === "ai"), {
    message: /needs the package @ai-sdk\/openai-compatible, .*`npm install @ai-sdk\/openai-compatible@3`/,
  });
  needModelPackages("anthropic", "`models`", () => true);
});

test("the versions asked for are those we declare to work with", async () => {
  const { peerDependencies } = JSON.parse(await readFile(join(PACKAGE_FOLDER, "package.json"), "utf8"));
  for (const [name, major] of Object.entries(MODEL_PACKAGES))
    assert.match(peerDependencies[name], new RegExp(`^>=${major}\\..* <${major + 1}$`), name);
});
