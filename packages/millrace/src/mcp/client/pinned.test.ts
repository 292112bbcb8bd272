import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { unpinnedPackage } from "./pinned.ts";

const CASES: readonly (readonly [line: string, unpinned: string | undefined])[] = [
  ["npx @playwright/mcp", "@playwright/mcp"],
  ["npx @playwright/mcp@latest", "@playwright/mcp@latest"],
  ["npx -y @playwright/mcp@^0.0.83", "@playwright/mcp@^0.0.83"],
  ["npx -y @playwright/mcp@0.0.83 --headless", undefined],
  ["/usr/bin/npx --yes search-mcp@1.2.3", undefined],
  ["npx.cmd search-mcp", "search-mcp"],
  ["npx search-mcp@1", "search-mcp@1"],
  ["npx --package=search-mcp search", "search-mcp"],
  ["npx -p search-mcp@1.2.3 search", undefined],
  ["npx -p search-mcp@1.2.3 -p helper search", "helper"],
  ["npx --registry https://example.com search-mcp", "search-mcp"],
  ["npx", "no package"],
  ["npm exec -- search-mcp", "search-mcp"],
  ["pnpm dlx search-mcp@1.2.3", undefined],
  ["uvx search-mcp", "search-mcp"],
  ["uvx search-mcp==1.2.3", undefined],
  ["uvx --from git+https://example.com/x search", "git+https://example.com/x"],
  ["uv tool run search-mcp@1.2", undefined],
  ["npx ./own-server", undefined],
  ["node server.js", undefined],
  ["npm run server", undefined],
];

describe("the version of a server's package", () => {
  for (const [line, unpinned] of CASES) {
    it(`${line}: ${unpinned === undefined ? "nothing is left open" : `${unpinned} is not exact`}`, () => {
      const [command = "", ...args] = line.split(" ");
      assert.equal(unpinnedPackage(command, args), unpinned);
    });
  }
});
