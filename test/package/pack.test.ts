/** What npm would publish, installed into an empty folder and used: no source, no test, no checkout in reach. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { compareReports } from "../../tools/api-report.ts";
import { type Packed, published } from "../../tools/pack.ts";
import { publintMessages } from "../../tools/publint.ts";
import { emptyFolder, environment, installTarballs, run, runWell, startProgram, tarballs } from "./installed.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const MEGABYTE = 1_000_000;

/** Names in the report that a user never needs to write: what exported types are computed from. */
const NEVER_WRITTEN = new Set([
  "Any",
  "AnyEvent",
  "BAND_NAMES",
  "MCP_OUTCOMES",
  "BuiltInEvents",
  "CodeOf",
  "MissionKinds",
  "Operation",
  "OperationWords",
  "Otherwise",
  "PRIORITIES",
  "REPLY_CLASSES",
  "REPLY_LANGUAGES",
  "Reference",
  "SourceLocation",
  "actions",
  "queries",
]);

let folders: DisposableStack;
let all: readonly Packed[];
/** A project as `millrace init` makes it, with the packages installed. */
let project: string;

/** Builds, packs and installs: a minute and a half on a quiet machine. */
const LONG = { timeout: 1_200_000 };

before(async () => {
  folders = new DisposableStack();
  all = await tarballs(folders.use(emptyFolder()).path);
  const bootstrap = folders.use(emptyFolder()).path;
  writeFileSync(join(bootstrap, "package.json"), '{ "private": true, "type": "module" }');
  installTarballs(bootstrap, all);
  runWell(["npx", "--no-install", "millrace", "init", "my-leads"], bootstrap);
  project = join(bootstrap, "my-leads");
  installTarballs(project, all);
}, LONG);

after(() => folders.dispose());

/** A command of the project. Not by npx, which ends on SIGTERM and leaves what it started running. */
function installed(command: string): string {
  return join(project, "node_modules", ".bin", command);
}

/** Sizes of the files below a folder in bytes, without the embedded database's programs. */
function installedBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/[\\/]@embedded-postgres[\\/]/.test(entry.parentPath))
    .reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0);
}

describe("the tarballs", () => {
  it("have declarations and source maps, and no source and no test", () => {
    for (const name of ["millrace", "hubspot-simulator", "@millrace/embedded-postgres"]) {
      const files = readdirSync(join(project, "node_modules", name), { recursive: true }).map(String);
      assert.ok(!files.some((file) => /\.(test|fixture)\.[a-z]+$/.test(file)), `${name} has a test`);
      assert.ok(!files.some((file) => /(^|[\\/])src[\\/]/.test(file)), `${name} has sources`);
      for (const ending of [".d.ts", ".js.map"])
        assert.ok(
          files.some((file) => file.endsWith(ending)),
          `${name} lacks ${ending}`,
        );
    }
  });

  it("resolve for every kind of importer, says attw", LONG, () => {
    for (const { file } of all) {
      const attw = join(ROOT, "tools", "node_modules", "@arethetypeswrong", "cli", "dist", "index.js");
      const { code, stdout, stderr } = run([process.execPath, attw, file, "--profile", "esm-only"], ROOT);
      assert.equal(code, 0, `${file}\n${stdout}${stderr}`);
    }
  });

  it("are packages as they should be, says publint", async () => {
    for (const { name, file } of all) assert.deepEqual(await publintMessages(file), [], name);
  });

  it("export what the API reports say (else: npm run api), and every type that it names", LONG, () => {
    assert.deepEqual(compareReports(false), []);
    const report = readFileSync(join(ROOT, "packages", "millrace", "api", "millrace.api.md"), "utf8");
    const unnamed = [...report.matchAll(/ae-forgotten-export\) The symbol "(\w+)"/g)].map(([, name = ""]) => name);
    assert.deepEqual(new Set(unnamed).difference(NEVER_WRITTEN), new Set());
  });

  it("take at most 60 MB once installed, without the embedded database", () => {
    const bytes = installedBytes(join(project, "node_modules"));
    const ofTheProject = ["typescript", "@types"].map((name) => installedBytes(join(project, "node_modules", name)));
    const megabytes = (bytes - ofTheProject.reduce((sum, one) => sum + one, 0)) / MEGABYTE;
    assert.ok(megabytes <= 60, `${megabytes.toFixed(1)} MB`);
  });

  it("lead to what was built, where the repository leads to sources", () => {
    const manifest = {
      name: "some",
      version: "1.0.0",
      files: ["dist"],
      exports: { ".": "./src/index.ts", "./package.json": "./package.json" },
      imports: { "#client": "some-client", "#worker": "./src/worker.ts" },
      devDependencies: { "some-client": "1.0.0" },
    };
    assert.deepEqual(published(manifest), {
      name: "some",
      version: "1.0.0",
      files: ["dist"],
      exports: {
        ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
        "./package.json": "./package.json",
      },
      imports: {
        "#client": "./dist/vendor/client.cjs",
        "#worker": { types: "./dist/worker.d.ts", default: "./dist/worker.js" },
      },
    });
  });
});

describe("an installed project", () => {
  it("runs its own test, types included", LONG, () => {
    const { stdout } = runWell(["npm", "test"], project);
    assert.match(stdout, /pass 3/);
  });

  it("starts, takes a form, thanks the lead and writes it to the simulated HubSpot", LONG, async () => {
    const env = environment();
    await using engine = await startProgram([installed("millrace"), "start", "--port", "0", "--json"], project, env);
    const { url } = JSON.parse(engine.firstLine) as { url: string };
    const answer = await fetch(new URL("/forms/demo", url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: "ada@acme-systems.example", firstname: "Ada", jobtitle: "CTO" }),
    });
    assert.equal(answer.status, 202);
    for (let looked = 0; ; looked++) {
      const { stdout } = runWell(
        ["npx", "--no-install", "millrace", "tasks", "list", "--kind", "sync_crm", "--state", "COMPLETED", "--json"],
        project,
      );
      if ((JSON.parse(stdout) as { tasks: unknown[] }).tasks.length > 0) break;
      assert.ok(looked < 40, "nothing was written to HubSpot");
      await sleep(250);
    }
    const { stdout } = runWell(["npx", "--no-install", "millrace", "emails", "list", "--json"], project);
    assert.match(stdout, /thank_you/);
    assert.equal(await engine.stop(), 0);
  });

  it("is an MCP server to a program that reads its .mcp.json, without the SDK among its packages", LONG, async () => {
    const { mcpServers } = JSON.parse(readFileSync(join(project, ".mcp.json"), "utf8"));
    const { command, args } = mcpServers.millrace as { command: string; args: string[] };
    assert.ok(!existsSync(join(project, "node_modules", "@modelcontextprotocol")));
    const client = new Client({ name: "a test", version: "1" });
    const env = environment() as Record<string, string>;
    await client.connect(new StdioClientTransport({ command, args, cwd: project, env }));
    const { tools } = await client.listTools();
    assert.ok(tools.length > 20);
    const { structuredContent } = await client.callTool({ name: "contacts", arguments: { q: "ada" } });
    assert.equal((structuredContent as { contacts: unknown[] }).contacts.length, 1);
    await client.close();
  });

  it("is imported from plain JavaScript", () => {
    const script = `
      import { createEngine, workflow } from "millrace";
      import { testEngine } from "millrace/testing";
      console.log([createEngine, workflow, testEngine].map((one) => typeof one).join(" "));`;
    writeFileSync(join(project, "plain.mjs"), script);
    assert.equal(runWell([process.execPath, "plain.mjs"], project).stdout.trim(), "function function function");
  });

  it("is imported from TypeScript, declarations checked and wrong calls refused", LONG, () => {
    const folder = join(project, "consumer");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          module: "nodenext",
          target: "es2024",
          lib: ["es2025", "esnext.disposable"],
          types: ["node"],
          strict: true,
          skipLibCheck: false,
          noEmit: true,
        },
      }),
    );
    writeFileSync(
      join(folder, "use.ts"),
      `import { createEngine, type Engine, type MillraceConfig } from "millrace";
       import { checkScenario, type TestEngine } from "millrace/testing";
       import { startSimulator } from "hubspot-simulator";
       const config: MillraceConfig = { engine: { leaseMs: 60_000 } };
       export const uses: [(engine: Engine, test: TestEngine) => void, unknown, unknown] = [() => {}, checkScenario, startSimulator];
       // @ts-expect-error a number is wanted
       await createEngine({ ...config, engine: { leaseMs: "1m" } });`,
    );
    const compiler = join(project, "node_modules", "typescript", "bin", "tsc");
    const { code, stdout } = run([process.execPath, compiler, "-p", folder], folder);
    assert.equal(code, 0, stdout);
  });

  it("brings the simulator as a command of its own", async () => {
    const env = environment();
    await using simulator = await startProgram([installed("hubspot-simulator"), "--port", "0"], project, env);
    const url = /http:\S+/.exec(simulator.firstLine)?.[0] ?? "";
    assert.match(await (await fetch(url)).text(), /<html/);
  });
});

/** Both are no longer new enough; npm has them as packages, one for each platform. */
for (const version of ["20", "22"]) {
  it(`says in one true sentence under Node ${version} what to do`, LONG, () => {
    using old = emptyFolder();
    const platform = process.platform === "win32" ? "win" : process.platform;
    const name = `node-${platform}-${process.arch}`;
    writeFileSync(join(old.path, "package.json"), "{}");
    runWell(["npm", "install", `${name}@${version}`, "--no-audit", "--no-fund", "--loglevel=error"], old.path);
    const node = join(old.path, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
    const env = environment(node);
    for (const [command, what] of [
      ["millrace", "Millrace"],
      ["hubspot-simulator", "The HubSpot simulator"],
    ] as const) {
      const { code, stderr } = run([installed(command), "--help"], project, env);
      assert.equal(code, 3);
      assert.match(
        stderr,
        new RegExp(
          `^${what} needs Node 24 or newer and this is Node ${version}\\.\\S+: run "npm install node@24" in this project, and the same command again by npx or an npm script\\.\\n$`,
        ),
      );
    }
    // The sentence is true: what it names makes the same command work, on the old Node.
    if (!existsSync(join(project, "node_modules", "node")))
      runWell(["npm", "install", "node@24", "--no-audit", "--no-fund", "--loglevel=error"], project);
    assert.match(runWell(["npx", "--no-install", "millrace", "version"], project, env).stdout, /node\s+24\./);
  });
}
