import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { MillraceError } from "../../base/errors.ts";
import { type McpSettings, mcpSettings } from "./mcp-settings.ts";
import { serverList } from "./server-list.ts";

/** As it stands in the file: filled in by who starts the server. */
const variable = (name: string) => ["$", "{", name, "}"].join("");
const folder = mkdtempSync(join(tmpdir(), "millrace-mcp-json-"));
const file = join(folder, ".mcp.json");
writeFileSync(
  file,
  JSON.stringify({
    mcpServers: {
      millrace: { command: "npx", args: ["millrace", "mcp"] },
      unpinned: { command: "npx", args: ["-y", "people-mcp"] },
      people: {
        type: "stdio",
        command: "npx",
        args: ["-y", "people-mcp@1.2.3", "--account", variable("ACCOUNT")],
        env: { KEY: variable("KEY:-none") },
      },
      remote: {
        type: "http",
        url: "https://mcp.example.com/mcp",
        headers: { Authorization: `Bearer ${variable("TOKEN")}` },
      },
    },
  }),
);
const listOf = (settings: McpSettings, environment: NodeJS.ProcessEnv = {}) =>
  serverList(mcpSettings.parse({ file, ...settings }), environment);

describe("servers of a project's .mcp.json", () => {
  it("are taken as other programs write them, with variables of the environment", () => {
    const environment = { ACCOUNT: "acme", TOKEN: "shh" };
    const { servers } = listOf({ tools: { scout: ["people/find", "remote/ask"] } }, environment);
    const { command, args, env } = servers.get("people")?.rules ?? {};
    assert.deepEqual(
      { command, args, env },
      { command: "npx", args: ["-y", "people-mcp@1.2.3", "--account", "acme"], env: { KEY: "none" } },
    );
    const { url, token } = servers.get("remote")?.rules ?? {};
    assert.deepEqual({ url, token }, { url: "https://mcp.example.com/mcp", token: "shh" });
  });

  it("that no agent may use are none of ours: what is wrong with them ends no start", () => {
    const { servers } = listOf({});
    assert.deepEqual([...servers], []);
  });

  it("give way to the config's of the same name", () => {
    const { servers } = listOf({
      servers: { people: { command: "node", args: ["own.js"] } },
      tools: { scout: ["people/find"] },
    });
    assert.equal(servers.get("people")?.rules.command, "node");
  });

  it("may not be there", () => {
    const { allowedFor } = listOf({
      file: join(folder, "nothing.json"),
      servers: { own: { command: "node" } },
      tools: { scout: ["own/find"] },
    });
    assert.deepEqual([allowedFor("scout"), allowedFor("other")], [[{ server: "own", tool: "find" }], []]);
  });
});

const WRONG: readonly (readonly [what: string, settings: McpSettings, field: string, next: RegExp])[] = [
  ["a server nobody knows", { tools: { scout: ["poeple/find"] } }, "mcp.tools", /mcp\.servers/],
  ["a tool without its server", { tools: { scout: ["find"] } }, "mcp.tools.scout", /"server\/tool"/],
  [
    "a package without its version",
    { tools: { scout: ["unpinned/find"] } },
    "mcp.servers.unpinned.args",
    /"people-mcp@1\.2\.3"/,
  ],
  [
    "a package with a version that moves",
    { servers: { a: { command: "npx", args: ["@acme/mcp@latest"] } }, tools: { scout: ["a/b"] } },
    "mcp.servers.a.args",
    /"@acme\/mcp@1\.2\.3"/,
  ],
  ["our own server", { tools: { scout: ["millrace/contacts"] } }, "mcp.tools", /mcp\.servers/],
  ["a variable that is not set", { tools: { scout: ["people/find"] } }, "mcp.file", /set ACCOUNT/],
  ["neither command nor url", { servers: { a: {} }, tools: { scout: ["a/b"] } }, "mcp.servers.a", /one of them/],
  [
    "a variable to pass on that is not set",
    { servers: { a: { command: "node", passEnv: ["NOPE"] } }, tools: { scout: ["a/b"] } },
    "mcp.servers.a.passEnv",
    /set NOPE/,
  ],
  [
    "a remote server whose traffic is to be filtered",
    { servers: { a: { url: "https://mcp.example.com", web: true } }, tools: { scout: ["a/b"] } },
    "mcp.servers.a.web",
    /take `web` out/,
  ],
];

describe("servers that cannot be used end the start", () => {
  for (const [what, settings, field, next] of WRONG) {
    it(what, () => {
      assert.throws(
        () => listOf(settings),
        (error: MillraceError) =>
          error.code === "invalid_config" && error.parts.field === field && next.test(error.parts.next),
      );
    });
  }
});
