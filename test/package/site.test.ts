/** The documentation site is built from what is in the repository, and nothing in it leads nowhere. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, it } from "node:test";
import { buildSite } from "../../tools/site.ts";

const SITE = join(import.meta.dirname, "..", "..", ".site");

let found: readonly string[];
before(
  async () => {
    found = await buildSite();
  },
  // Some 100 pages: half a minute on a quiet machine.
  { timeout: 1_200_000 },
);

it("has no dead link, no dead anchor, and no type that is named and not exported", () => {
  assert.deepEqual(found, []);
});

it("has the pages of a newcomer and the references", () => {
  const pages = ["tutorial/first-workflow", "how-to/connect-hubspot", "how-to/own-agent", "how-to/operate"];
  const references = ["settings", "reference/events", "reference/task-kinds", "reference/views", "reference/api/index"];
  for (const page of [...pages, ...references]) assert.ok(existsSync(join(SITE, `${page}.html`)), page);
});

it("loads nothing from another host", () => {
  const pages = readdirSync(SITE, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".html"));
  assert.ok(pages.length > 40, `${pages.length} pages`);
  for (const page of pages) {
    const loaded = readFileSync(join(SITE, page), "utf8").match(
      /<(?:script|link|img)[^>]+(?:src|href)="https?:[^"]*"/g,
    );
    assert.equal(loaded, null, page);
  }
});
