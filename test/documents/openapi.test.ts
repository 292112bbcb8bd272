/** The OpenAPI document as its users meet it: two linters accept it, and a client made from it works against a running server. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { z } from "zod";
import { event } from "../../packages/millrace/src/events/define-event.ts";
import { createClient, REDOCLY, SwaggerParser } from "../../tools/documents.ts";
import { LEAD, type TestGateway, testGateway } from "../http/gateway.fixture.ts";

const root = join(import.meta.dirname, "..", "..");

interface Tree {
  readonly label: string;
  readonly below?: readonly Tree[] | undefined;
}
/** A user's own event whose schema refers to itself and has no name. */
const tree: z.ZodType<Tree> = z.lazy(() => z.strictObject({ label: z.string(), below: z.array(tree).optional() }));
const org_chart_sent = event({
  about: "A chart was sent.",
  data: z.strictObject({ top: tree, other: tree.optional() }),
});

describe("the OpenAPI document", () => {
  let tested: TestGateway;
  let folder: string;
  let file: string;
  // biome-ignore lint/suspicious/noExplicitAny: read as a foreign document is.
  let document: any;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "millrace-openapi-"));
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
    file = join(folder, "openapi.json");
    tested = await testGateway({}, { events: { org_chart_sent } });
    document = await tested.read("/openapi.json");
    await writeFile(file, JSON.stringify(document));
  });
  after(async () => {
    await tested[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it("is accepted by redocly without an error", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [REDOCLY, "lint", file, "--format=json"], {
      cwd: tmpdir(),
      encoding: "utf8",
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    assert.equal(status, 0, stdout.slice(0, 2_000) + stderr.slice(0, 2_000));
    assert.equal(JSON.parse(stdout).totals.errors, 0);
  });

  it("is accepted by swagger-parser, every reference followed", async () => {
    const parsed = await SwaggerParser.validate(structuredClone(document));
    assert.ok(Object.keys(parsed.paths ?? {}).length > 50);
  });

  it("has a name for every schema that refers to itself, also for a user's own", () => {
    const text = JSON.stringify(document);
    assert.doesNotMatch(text, /__shared|__schema|\$defs|"\$id"/);
    assert.equal(document.components.schemas.Json.anyOf.length > 3, true);
    const { properties } = document.components.schemas["event.org_chart_sent"];
    assert.match(properties.top.$ref, /^#\/components\/schemas\/Recursive\d+$/);
  });

  it("names every operation as the engine does, with its effect for tools", () => {
    const { post } = document.paths["/api/tasks/{id}/claim"];
    assert.deepEqual([post.operationId, post["x-effect"]], ["claimTask", "change"]);
    assert.equal(document.paths["/api/contacts/{contact}/erase"].post["x-effect"], "destructive");
  });

  it("makes a client that finds, claims and completes a task on a running server", async () => {
    const path = join(folder, "client");
    await createClient({
      input: file,
      output: { path, importFileExtension: ".ts" },
      plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
      logs: { level: "silent" },
    });
    assert.equal(typeErrorsOf(join(path, "index.ts")), "");
    const sdk = await import(join(path, "sdk.gen.ts"));
    const { client } = await import(join(path, "client.gen.ts"));
    client.setConfig({ baseUrl: tested.url, auth: tested.gateway.apiKey });
    const sent = await sdk.postEvents({ body: { type: "form_submitted", data: { form: "demo", fields: LEAD } } });
    assert.equal(sent.response.status, 202, JSON.stringify(sent.error));
    await tested.engine.idle();
    const { data } = await sdk.tasks({ query: { role: "sales", limit: 5 } });
    const [task] = data.tasks;
    assert.equal(task.kind, "hot_lead_review");
    const claimed = await sdk.claimTask({ path: { id: task.id }, body: { person: "ada" } });
    assert.deepEqual(claimed.data, { ok: true, task: task.id });
    await sdk.completeTask({ path: { id: task.id }, body: { person: "ada", result: { note: "called" } } });
    assert.equal((await sdk.task({ path: { id: task.id } })).data.state, "COMPLETED");
    const missing = await sdk.task({ path: { id: 999_999 } });
    assert.equal(missing.error.code, "not_found");
  });
});

/** What the compiler says of a file, read as strictly as our own. */
function typeErrorsOf(source: string): string {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--target", "es2024", "--lib", "es2024,dom,dom.iterable"];
  const modules = ["--module", "nodenext", "--allowImportingTsExtensions", "--ignoreConfig"];
  return spawnSync(process.execPath, [tsc, ...options, ...modules, source], { encoding: "utf8", cwd: tmpdir() }).stdout;
}

it("the reference is a page without scripts, and nothing in it is from outside", async () => {
  await using tested = await testGateway();
  const response = await fetch(`${tested.url}/reference`);
  const html = await response.text();
  assert.equal(response.status, 200);
  assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  assert.doesNotMatch(html, /<script|style="|(src|href)="(https?:)?\/\//);
  for (const path of ["/api/tasks/{id}/claim", "/api/contacts/{contact}/explanation"])
    assert.ok(html.includes(path), path);
});
