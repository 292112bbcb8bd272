import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { settingsPage } from "../scripts/settings-doc.ts";

it("docs/settings.md says what src/config.ts says (else: npm run docs)", () => {
  assert.equal(readFileSync(join(import.meta.dirname, "..", "docs", "settings.md"), "utf8"), settingsPage());
});
