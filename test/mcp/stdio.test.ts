/** `millrace mcp`: the server that a program on this machine starts, used by the official SDK's client. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { millrace, PACKAGE, projectFolder } from "../cli/cli.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { LEAD } from "../http/gateway.fixture.ts";
import { type TestClient, testClient } from "./mcp.fixture.ts";

const MILLRACE = join(PACKAGE, "bin", "millrace.mjs");

interface Started extends TestClient {
  /** What it has written to standard error. */
  readonly stderr: string;
}

async function started(cwd: string, words: readonly string[], env: Record<string, string> = {}): Promise<Started> {
  const client = new Client({ name: "a test", version: "1" });
  const args = [MILLRACE, "mcp", ...words];
  const transport = new StdioClientTransport({ command: process.execPath, args, cwd, env, stderr: "pipe" });
  let stderr = "";
  transport.stderr?.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  await client.connect(transport);
  const tested = await testClient(client);
  return {
    ...tested,
    get stderr() {
      return stderr;
    },
  };
}

async function withLead(): Promise<TestEngine> {
  const host = await testEngine();
  await host.engine.append([formSubmitted(LEAD)]);
  await host.engine.idle();
  return host;
}

const WORKFLOW = `import { on, stop, workflow } from "millrace";
console.log("printed by a workflow");
export default workflow("mine", { about: "Mine." }, [on("form_submitted", stop("seen"))]);
`;

describe("millrace mcp", () => {
  it("answers questions, and refuses an action with how to allow it", async () => {
    await using host = await withLead();
    await using folder = await projectFolder();
    await using mcp = await started(folder.path, [], { DATABASE_URL: host.url });
    const { contacts } = (await mcp.call("contacts", { q: "bigcorp" })).answer;
    assert.equal(contacts.length, 1);
    const refused = await mcp.call("claim_task", { id: 1 });
    assert.equal(refused.answer.code, "forbidden");
    assert.match(refused.answer.next, /millrace mcp --allow change/);
    const { tools } = await mcp.client.listTools();
    assert.ok(tools.every(({ annotations }) => annotations?.readOnlyHint));
  });

  it("acts where it is allowed to, in the name it is given", async () => {
    await using host = await withLead();
    await using folder = await projectFolder();
    await using mcp = await started(folder.path, ["--allow", "change", "--as", "ada"], { DATABASE_URL: host.url });
    const [task] = (await mcp.call("tasks", { human: true })).answer.tasks;
    assert.equal((await mcp.call("complete_task", { id: task.id, result: "called" })).isError, false);
    const [done] = (await mcp.call("events", { type: "task_completed", limit: 1 })).answer.events;
    assert.equal(done.actor, "person:ada");
    const kept = await mcp.call("cancel_tasks", {});
    assert.equal(kept.answer.code, "forbidden");
  });

  it("says for a project without a database what to do, and goes on", async () => {
    await using folder = await projectFolder();
    await using mcp = await started(folder.path, []);
    const { isError, answer } = await mcp.call("health");
    assert.equal(isError, true);
    assert.equal(answer.code, "not_running");
    assert.match(answer.next, /millrace start/);
    assert.equal((await mcp.client.listPrompts()).prompts.length, 4);
  });

  it("shows workflows as their files are now, whatever they print", async () => {
    await using host = await withLead();
    await using folder = await projectFolder({ "workflows/mine.ts": WORKFLOW });
    await using mcp = await started(folder.path, [], { DATABASE_URL: host.url });
    const named = async () =>
      (await mcp.call("workflows")).answer.workflows.map(({ name }: { name: string }) => name) as string[];
    assert.ok((await named()).includes("mine"));
    await writeFile(join(folder.path, "workflows/mine.ts"), WORKFLOW.replace('"mine"', '"yours"'));
    const after = await named();
    assert.ok(after.includes("yours") && !after.includes("mine"));
    const { mermaid } = (await mcp.call("workflow_diagram", { name: "yours" })).answer;
    assert.match(mermaid, /flowchart/);
    assert.equal((await mcp.call("lint_workflows")).answer.errors, 0);
    assert.match(mcp.stderr, /printed by a workflow/);
  });

  it("answers calls that come at once each for itself", async () => {
    await using host = await withLead();
    await using folder = await projectFolder();
    await using mcp = await started(folder.path, [], { DATABASE_URL: host.url });
    const asked = [1, 2, 3].map((limit) => mcp.call("events", { limit }));
    assert.deepEqual(
      (await Promise.all(asked)).map(({ answer }) => answer.events.length),
      [1, 2, 3],
    );
  });

  it("ends with its input", async () => {
    await using folder = await projectFolder();
    const { code, stdout } = await millrace(["mcp"], { cwd: folder.path, input: "" });
    assert.equal(code, 0);
    assert.equal(stdout, "");
  });

  it("is in the .mcp.json that init writes, with reading alone", async () => {
    await using folder = await projectFolder();
    assert.equal((await millrace(["init", "leads"], { cwd: folder.path })).code, 0);
    const { mcpServers } = JSON.parse(await readFile(join(folder.path, "leads", ".mcp.json"), "utf8"));
    assert.deepEqual(mcpServers.millrace.args.slice(-2), ["millrace", "mcp"]);
  });

  for (const allowed of ["everything", "owner", "read,change"]) {
    it(`does not start when it is allowed "${allowed}"`, async () => {
      await using folder = await projectFolder();
      const { code, stderr } = await millrace(["mcp", "--allow", allowed], { cwd: folder.path });
      assert.equal(code, 2);
      assert.match(stderr, /--allow/);
    });
  }
});
