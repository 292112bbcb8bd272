/** The example of an agent in Python, run as a reader would run it: against an engine, killed and held up in the middle of its work. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import config from "../../examples/python-agent/millrace.config.ts";
import { formSubmitted } from "../factories/engine.ts";
import { until } from "../factories/until.ts";
import { type TestGateway, testGateway } from "../http/gateway.fixture.ts";
import { REPOSITORY } from "./cli.ts";

const AGENT = join(REPOSITORY, "examples", "python-agent", "agent.py");
const python = ["python3", "python"].find((name) =>
  /^Python 3\./.test(spawnSync(name, ["--version"], { encoding: "utf8" }).stdout ?? ""),
);
const skip = python === undefined && "python3 is not installed";

/** A directory of companies that answers when the test says so. */
async function directory() {
  const asked: { readonly domain: string; readonly response: ServerResponse }[] = [];
  const server = createServer((request, response) => {
    asked.push({ domain: new URL(request.url ?? "", "http://x").searchParams.get("domain") ?? "", response });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/companies`,
    asked,
    /** Answers the question of that number, from 0, once it has been asked. */
    async answer(number: number, status: number, body: object): Promise<void> {
      await until(() => asked.length > number);
      asked[number]?.response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Agent extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly output: { text: string };
  readonly closed: Promise<number | null>;
}

function agent(tested: TestGateway, key: string, directoryUrl: string): Agent {
  const env = { ...process.env, MILLRACE_URL: tested.url, MILLRACE_KEY: key, DIRECTORY_URL: directoryUrl };
  const child = spawn(python ?? "", [AGENT], { env, stdio: ["ignore", "pipe", "pipe"] });
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output.text += text;
    });
  }
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    child,
    output,
    closed,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await closed;
    },
  };
}

async function setting() {
  const tested = await testGateway({}, { ...config, engine: { sweepMs: 20 } });
  const made = await tested.post("/api/keys", { name: "directory", scopes: ["work"], kinds: ["look_up_company"] });
  const { key } = (await made.json()) as { key: string };
  await tested.engine.append([formSubmitted({ email: "ada@acme-systems.example" })]);
  await tested.engine.idle();
  const [task] = (await tested.read("/api/tasks?kind=look_up_company")).tasks;
  return { tested, key, id: task.id as number };
}

/** The lease runs out, and the sweep gives the task back. */
async function leaseEnds(tested: TestGateway, id: number): Promise<void> {
  await tested.engine.db.query(
    "update task_claims set lease_until = clock_timestamp() - interval '1 s' where tasks @> array[$1::bigint]",
    [id],
  );
  await until(async () => (await tested.read(`/api/tasks/${id}`)).state !== "IN_PROGRESS");
}

const FOUND = { industry: "Software" };

describe("the agent in Python", { skip }, () => {
  it("looks a company up, and what it found is the contact's", async () => {
    const { tested, key, id } = await setting();
    await using _ = tested;
    await using companies = await directory();
    await using first = agent(tested, key, companies.url);
    await companies.answer(0, 200, FOUND);
    await until(() => first.output.text.includes(`task ${id}: completed, written`));
    await tested.engine.idle();
    assert.equal(companies.asked[0]?.domain, "acme-systems.example");
    assert.equal((await tested.read("/api/contacts/ada@acme-systems.example")).properties.industry, "Software");
    const [called] = (await tested.read("/api/events?type=mcp_tool_called")).events;
    assert.equal(called.data.tool, "company_directory");
    assert.equal(called.actor, "agent:directory");
    first.child.kill("SIGTERM");
    await tested.engine.append([formSubmitted({ email: "bob@acme-systems.example" })]);
    await companies.answer(1, 200, {}).catch(() => {});
    assert.equal(await first.closed, 0, "asked to end, it finishes what it has and ends");
  });

  it("reports a tool that fails, and the task is tried again later", async () => {
    const { tested, key, id } = await setting();
    await using _ = tested;
    await using companies = await directory();
    await using first = agent(tested, key, companies.url);
    await companies.answer(0, 503, {});
    await until(() => first.output.text.includes(`task ${id}: failed, written`));
    const task = await tested.read(`/api/tasks/${id}`);
    assert.deepEqual([task.state, task.attempt], ["WAITING", 1]);
    const [failed] = (await tested.read("/api/events?type=mcp_tool_failed")).events;
    assert.deepEqual([failed.data.task, failed.data.tool], [id, "company_directory"]);
  });

  it("killed in the middle loses its task to another, which finishes it once", async () => {
    const { tested, key, id } = await setting();
    await using _ = tested;
    await using companies = await directory();
    await using first = agent(tested, key, companies.url);
    await until(() => companies.asked.length === 1);
    const { worker } = await tested.read(`/api/tasks/${id}`);
    first.child.kill("SIGKILL");
    await first.closed;
    assert.equal((await tested.read(`/api/tasks/${id}`)).state, "IN_PROGRESS", "its lease is not over yet");
    await leaseEnds(tested, id);
    await using second = agent(tested, key, companies.url);
    await companies.answer(1, 200, FOUND);
    await until(() => second.output.text.includes(`task ${id}: completed, written`));
    const task = await tested.read(`/api/tasks/${id}`);
    assert.deepEqual([task.state, task.attempt], ["COMPLETED", 2]);
    assert.notEqual(task.worker, worker);
    assert.equal(
      (await tested.read("/api/events?type=task_completed")).events.filter(
        (event: { data: { task: number } }) => event.data.task === id,
      ).length,
      1,
    );
  });

  it("held up in the middle comes too late, and its finish is discarded", {
    skip: process.platform === "win32" && "Windows has no SIGSTOP",
  }, async () => {
    const { tested, key, id } = await setting();
    await using _ = tested;
    await using companies = await directory();
    await using first = agent(tested, key, companies.url);
    await until(() => companies.asked.length === 1);
    first.child.kill("SIGSTOP");
    await leaseEnds(tested, id);
    await using second = agent(tested, key, companies.url);
    await companies.answer(1, 200, FOUND);
    await until(() => second.output.text.includes(`task ${id}: completed, written`));
    await companies.answer(0, 200, { industry: "Gambling" });
    first.child.kill("SIGCONT");
    await until(() => first.output.text.includes(`task ${id}: completed, discarded`));
    await tested.engine.idle();
    assert.equal((await tested.read("/api/contacts/ada@acme-systems.example")).properties.industry, "Software");
    const [discarded] = (await tested.read("/api/events?type=task_result_discarded")).events;
    assert.deepEqual(discarded.data, { task: id, kind: "look_up_company", attempt: 1, by: "directory" });
  });

  it("with a key that is not for its kind ends, and says what to do", async () => {
    const { tested } = await setting();
    await using _ = tested;
    await using companies = await directory();
    const made = await tested.post("/api/keys", { name: "other", scopes: ["work"], kinds: ["enrich_data"] });
    await using first = agent(tested, ((await made.json()) as { key: string }).key, companies.url);
    assert.equal(await first.closed, 1);
    assert.match(first.output.text, /forbidden: .*--kinds look_up_company/);
  });
});
