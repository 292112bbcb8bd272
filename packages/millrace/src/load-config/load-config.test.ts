/** The config of a project as it is found, and what is said when it is wrong. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { MillraceError } from "../base/errors.ts";
import { loadConfig } from "./load-config.ts";

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "millrace-config-")));
  folders.push(folder);
  await mkdir(join(folder, "node_modules"));
  await symlink(PACKAGE, join(folder, "node_modules", "millrace"));
  for (const [name, text] of Object.entries({ "package.json": '{ "type": "module" }', ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** Loads a project that cannot be loaded. */
async function refusal(
  files: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): Promise<MillraceError & { folder: string }> {
  const folder = await project(files);
  try {
    await loadConfig({ cwd: folder, env });
  } catch (error) {
    assert.ok(error instanceof MillraceError, String(error));
    return Object.assign(error, { folder });
  }
  throw new assert.AssertionError({ message: "It was loaded." });
}

const WORKFLOW = `
import { on, stop, workflow } from "millrace";
export default workflow("mine", {}, [on("form_submitted", stop("only a test"))]);
`;

test("a folder without a config has every setting at its default, its data beside it", async () => {
  const folder = await project({});
  const { config, file, warnings } = await loadConfig({ cwd: folder, env: {} });
  assert.equal(file, undefined);
  assert.deepEqual(config.workflows, []);
  assert.equal(config.dataFolder, join(folder, ".millrace"));
  assert.deepEqual(warnings, []);
});

test("every file of workflows/ is added, folders below it and tests are not", async () => {
  const folder = await project({
    "millrace.config.ts": 'import { defineConfig } from "millrace"; export default defineConfig({});',
    "workflows/one.ts": WORKFLOW,
    "workflows/two.ts": WORKFLOW.replace("export default workflow(", "export default [workflow(")
      .replace("]);", "])];")
      .replace("mine", "two"),
    "workflows/lib/helper.ts": "export const helper = 1;",
    "workflows/one.test.ts": "throw new Error('a test');",
  });
  const { config } = await loadConfig({ cwd: folder, env: {} });
  assert.deepEqual(
    config.workflows.map(({ name }) => name),
    ["mine", "two"],
  );
});

test("a workflow that the config names too counts once", async () => {
  const folder = await project({
    "millrace.config.ts": 'import mine from "./workflows/mine.ts"; export default { workflows: [mine] };',
    "workflows/mine.ts": WORKFLOW,
  });
  const { config, configured } = await loadConfig({ cwd: folder, env: {} });
  assert.equal(config.workflows.length, 1);
  assert.deepEqual(configured, []);
});

test("the environment wins over .env, and .env over the file", async () => {
  const folder = await project({
    "millrace.config.ts":
      'export default { databaseUrl: "postgres://file", mail: { smtpUrl: "smtp://file" }, dataFolder: "data" };',
    ".env": "DATABASE_URL=postgres://dotenv\nMILLRACE_SMTP_URL=smtp://dotenv\n",
  });
  const before = { url: process.env.DATABASE_URL, smtp: process.env.MILLRACE_SMTP_URL };
  process.env.DATABASE_URL = "postgres://environment";
  delete process.env.MILLRACE_SMTP_URL;
  try {
    const { config } = await loadConfig({ cwd: folder });
    assert.equal(config.databaseUrl, "postgres://environment");
    assert.equal(config.mail?.smtpUrl, "smtp://dotenv");
    assert.equal(config.dataFolder, join(folder, "data"));
  } finally {
    delete process.env.DATABASE_URL;
    delete process.env.MILLRACE_SMTP_URL;
    if (before.url !== undefined) process.env.DATABASE_URL = before.url;
    if (before.smtp !== undefined) process.env.MILLRACE_SMTP_URL = before.smtp;
  }
});

test("a variable that looks like ours and is not read is told, with the nearest name", async () => {
  const folder = await project({});
  const { warnings } = await loadConfig({
    cwd: folder,
    env: { MILLRACE_SMPT_URL: "smtp://x", MILLRACE_TEST_CLUSTER: "x" },
  });
  assert.deepEqual(warnings, [
    'The environment variable MILLRACE_SMPT_URL is not read. Did you mean "MILLRACE_SMTP_URL"?',
  ]);
});

test("a misspelt setting is refused with the nearest name", async () => {
  const { code, message } = await refusal({ "millrace.config.ts": "export default { gateway: { prt: 80 } };" });
  assert.equal(code, "invalid_config");
  assert.match(message, /millrace\.config\.ts: there is no setting "gateway\.prt"\. Did you mean "port"\?/);
  const other = await refusal({ "millrace.config.ts": "export default { enrichment: { website: true } };" });
  assert.match(other.message, /there is no setting "enrichment\.website"\. Did you mean "websites"\?/);
});

test("a PORT that is no port is refused", async () => {
  const { parts } = await refusal({}, { PORT: "80a" });
  assert.equal(parts.field, "PORT");
});

test("a config file that is named but missing is refused", async () => {
  const folder = await project({});
  await assert.rejects(loadConfig({ cwd: folder, file: "other.ts", env: {} }), { code: "invalid_config" });
});

/** Each mistake, and what must be said of it. */
const mistakes: readonly { name: string; text: string; says: RegExp }[] = [
  {
    name: "a syntax error",
    text: `export default {\n  name: "x"\n  about: "y",\n};`,
    says: /workflows\/mine\.ts:3:3 {2}SyntaxError: Expected ','/,
  },
  {
    name: "an enum",
    text: "export enum A { B }\nexport default 1;",
    says: /mine\.ts:1:\d+ .*enum is not supported.*Next: write it in TypeScript that only adds types/,
  },
  {
    name: "a misspelt import",
    text: WORKFLOW.replace("import { on, stop, workflow }", "import { on, stop, wrokflow }"),
    says: /mine\.ts:2:\d+ .*"millrace" exports no "wrokflow"\. Did you mean "workflow"\?/,
  },
  {
    name: "a misspelt call",
    text: WORKFLOW.replace("stop(", "stopp("),
    says: /mine\.ts:3:\d+ .*stopp is not defined\. Did you mean "stop"\?/,
  },
  {
    name: "a package that is not installed",
    text: 'import x from "left-pad"; export default x;',
    says: /"left-pad" is not installed.*npm install left-pad/,
  },
  {
    name: "a misspelt file",
    text: 'import x from "./lib/helpr.ts"; export default x;',
    says: /There is no file .*helpr\.ts\. Did you mean "helper\.ts"\?/,
  },
  {
    name: "a throw",
    text: 'export default 1;\nthrow new Error("not today");',
    says: /mine\.ts:2:\d+ {2}not today\. Next: correct that line/,
  },
  {
    name: "no default export",
    text: WORKFLOW.replace("export default workflow", "export const mine = workflow"),
    says: /mine\.ts:1:1 .*no default export; it exports mine by name/,
  },
  {
    name: "a default export that is no workflow",
    text: "export default () => 1;",
    says: /mine\.ts:1:1 .*a function, not a workflow\. Expected: `export default workflow/,
  },
];

for (const { name, text, says } of mistakes) {
  test(`a workflow file with ${name} is refused with its place and the next step`, async () => {
    const error = await refusal({ "workflows/mine.ts": text, "workflows/lib/helper.ts": "export default 1;" });
    assert.equal(error.code, "invalid_workflow");
    assert.match(error.message, says);
  });
}
