/** What writes the log stands in one file; that no one else imports it is a dependency rule (.dependency-cruiser.mjs). */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";

const SOURCE = join(import.meta.dirname, "..", "..", "packages", "millrace", "src");

/** SQL that draws a position, or puts a row into a table of the log. */
const WRITES_THE_LOG =
  /(?:nextval|setval)\('events_position'|take_log_end\(|insert into (?:single_events|settlements)\b|copyRows\(tx, "(?:single_events|settlements)"/;

it("positions are drawn and rows of the log are written in one file", () => {
  const files = globSync("**/*.ts", { cwd: SOURCE });
  const writers = files.filter((file) => WRITES_THE_LOG.test(readFileSync(join(SOURCE, file), "utf8")));
  assert.deepEqual(writers, ["events/log-writer.ts"]);
});
