/** Our MCP server before judges that others made: the protocol's conformance suite, and the inspector, whose client is of the SDK's second generation. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { CONFORMANCE, INSPECTOR } from "../../tools/mcp.ts";
import type { TestGateway } from "../http/gateway.fixture.ts";
import { gatewayWithLead, keyWith } from "./mcp.fixture.ts";

const NOT_APPLICABLE = join(import.meta.dirname, "conformance.yml");

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Its home is a folder of its own: the inspector keeps a catalogue there. */
function program(words: readonly string[], home: string): Promise<Ended> {
  const child = spawn(process.execPath, words, { cwd: home, env: { ...process.env, HOME: home, USERPROFILE: home } });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...output })));
}

/** Adds the API key, which the suite cannot send; everything else goes through as it came, host and origin too. */
async function withKey(tested: TestGateway, key: string): Promise<{ url: string } & AsyncDisposable> {
  const proxy: Server = createServer((incoming, outgoing) => {
    const { url: path = "/", method, headers } = incoming;
    const to = { host: "127.0.0.1", port: tested.gateway.port, path, method };
    const asked = request({ ...to, headers: { ...headers, authorization: `Bearer ${key}` } }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    asked.on("error", () => outgoing.destroy());
    incoming.pipe(asked);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/mcp`,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

describe("other programs", () => {
  let tested: TestGateway;
  let home: string;
  let key: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "millrace-mcp-"));
    tested = await gatewayWithLead();
    key = await keyWith(tested, "stranger", ["read", "change"]);
  });
  after(async () => {
    await tested[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  it("find it conformant, in every scenario that applies", async () => {
    await using proxy = await withKey(tested, key);
    const words = [CONFORMANCE, "server", "--url", proxy.url, "--suite", "all", "--expected-failures", NOT_APPLICABLE];
    const { code, stdout, stderr } = await program(words, home);
    assert.equal(code, 0, stdout.slice(-3_000) + stderr);
    for (const scenario of ["server-initialize", "ping", "tools-list", "resources-list", "prompts-list"])
      assert.match(stdout, new RegExp(`✓ ${scenario}: 1 passed, 0 failed`));
    assert.match(stdout, /✓ dns-rebinding-protection: 2 passed, 0 failed/);
  });

  function inspect(...words: string[]): Promise<Ended> {
    const to = [INSPECTOR, "--cli", `${tested.url}/mcp`, "--transport", "http"];
    return program([...to, "--header", `Authorization: Bearer ${key}`, ...words], home);
  }

  it("find every tool's schema portable", async () => {
    const { code, stdout, stderr } = await inspect("--method", "tools/list", "--strict");
    assert.equal(code, 0, stderr);
    assert.ok(JSON.parse(stdout).tools.length > 30);
  });

  it("call a tool, read a page and get a question", async () => {
    const called = await inspect("--method", "tools/call", "--tool-name", "contacts", "--tool-arg", "q=bigcorp");
    assert.equal(called.code, 0, called.stderr);
    assert.equal(JSON.parse(called.stdout).structuredContent.contacts.length, 1);
    const read = await inspect("--method", "resources/read", "--uri", "millrace://overview");
    assert.equal(read.code, 0, read.stderr);
    const asked = await inspect("--method", "prompts/get", "--prompt-name", "is_everything_well");
    assert.equal(asked.code, 0, asked.stderr);
    assert.equal(JSON.parse(asked.stdout).messages.length, 3);
  });

  it("learn what went wrong, and how to go on", async () => {
    const { code, stdout } = await inspect(
      "--method",
      "tools/call",
      "--tool-name",
      "complete_task",
      "--tool-arg",
      "id=999",
    );
    assert.notEqual(code, 0);
    const { code: problem, next } = JSON.parse(JSON.parse(stdout).content[0].text);
    assert.equal(problem, "not_found");
    assert.match(next, /tasks list/);
  });
});
