/** What every command promises: streams, --json, exit codes, help. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { millrace, projectFolder } from "./cli.ts";

test("--help begins with examples, ends with the exit codes, and stays on stdout", async () => {
  await using folder = await projectFolder();
  const { code, stdout, stderr } = await millrace(["--help"], { cwd: folder.path });
  assert.equal(code, 0);
  assert.match(stdout, /^Examples:\n {2}\$ millrace start/);
  for (const exit of [0, 1, 2, 3, 4, 5, 6, 7, 130]) assert.match(stdout, new RegExp(`^ +${exit} {2}\\w`, "m"));
  assert.equal(stderr, "");
});

test("every command has a help of its own that begins with examples", async () => {
  await using folder = await projectFolder();
  const { commands } = await import("../../packages/millrace/src/cli/definitions/all.ts");
  const helps = commands.map(async ({ name, examples }) => {
    const { code, stdout } = await millrace([...name.split(" "), "--help"], { cwd: folder.path });
    assert.equal(code, 0, name);
    assert.ok(stdout.startsWith(`Examples:\n  $ millrace ${examples[0]}`), name);
  });
  await Promise.all(helps);
});

/** Words that make no command, and what is said of them. */
const misuses: readonly [string[], RegExp][] = [
  [["evnts"], /Unknown command 'evnts'\. Did you mean events\?/],
  [["events", "tial"], /Unknown command 'tial'\. Did you mean tail\?/],
  [["events"], /A command is missing/],
  [["events", "tail", "--limt", "3"], /Unknown option '--limt'\. Did you mean --limit\?/],
  [["events", "tail", "--limit", "many"], /--limit "many" is not a whole number/],
  [["events", "show"], /Missing required argument 'position'/],
  [["events", "show", "first"], /<position> "first" is not a whole number/],
  [["tasks", "list", "--state", "opne"], /--state "opne" is not one of .*open.*/],
  [["migrate", "upp"], /"upp" is neither up nor status\. Did you mean "up"\?/],
  [["workflows", "diagram", "--type", "flowcart"], /Did you mean "flowchart"\?/],
];

for (const [words, says] of misuses) {
  test(`millrace ${words.join(" ")} is a usage error (2)`, async () => {
    await using folder = await projectFolder();
    const { code, stdout, stderr } = await millrace(words, { cwd: folder.path });
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.match(stderr, says);
    assert.match(stderr, /Next: /);
  });
}

test("with --json, a failure is one document on stdout with code, message and hint", async () => {
  await using folder = await projectFolder();
  for (const words of [["evnts"], ["events", "tail"], ["events", "tail", "--config", "gone.ts"]]) {
    const { stdout, stderr } = await millrace([...words, "--json"], { cwd: folder.path });
    const { error } = JSON.parse(stdout);
    assert.deepEqual(Object.keys(error), ["code", "message", "hint"]);
    assert.equal(stderr, "");
  }
});

test("reading where there is no database yet is a setup error (3) and makes none", async () => {
  await using folder = await projectFolder();
  const { code, stderr } = await millrace(["events", "tail"], { cwd: folder.path });
  assert.equal(code, 3);
  assert.match(stderr, /There is no database in .*\.millrace yet/);
  const { existsSync } = await import("node:fs");
  assert.ok(!existsSync(`${folder.path}/.millrace`));
});

test("a database that does not answer is a setup error (3)", async () => {
  await using folder = await projectFolder();
  const { code, stdout } = await millrace(["events", "tail", "--json"], {
    cwd: folder.path,
    env: { DATABASE_URL: "postgres://127.0.0.1:1/none" },
  });
  assert.equal(code, 3);
  assert.equal(JSON.parse(stdout).error.code, "database_unavailable");
});

test("a config that is wrong is a setup error (3)", async () => {
  await using folder = await projectFolder({ "millrace.config.ts": "export default { dataFoldr: 1 };" });
  const { code, stderr } = await millrace(["config", "show"], { cwd: folder.path });
  assert.equal(code, 3);
  assert.match(stderr, /there is no setting "dataFoldr"\. Did you mean "dataFolder"\?/);
});

test("workflows that have errors end lint with 4, each finding with its place and on stdout", async () => {
  const text =
    'import { on, stop, workflow } from "millrace";\nexport default workflow("mine", {}, [on("form_submited" as never, stop("x"))]);';
  await using folder = await projectFolder({ "workflows/mine.ts": text });
  const lint = await millrace(["workflows", "lint"], { cwd: folder.path });
  assert.equal(lint.code, 4);
  assert.match(
    lint.stdout,
    /^workflows\/mine\.ts:2:\d+ {2}error {2}unknown_event {2}.*Did you mean "form_submitted"\?/,
  );
  const json = await millrace(["workflows", "lint", "--json"], { cwd: folder.path });
  assert.equal(JSON.parse(json.stdout).errors, 1);
  // A file that does not even load is found the same way.
  await using broken = await projectFolder({ "workflows/mine.ts": "export default (" });
  assert.equal((await millrace(["workflows", "lint"], { cwd: broken.path })).code, 4);
});

test("colours are for terminals only, and a variable that is not read is named on stderr", async () => {
  await using folder = await projectFolder();
  const { code, stdout, stderr } = await millrace(["workflows", "list"], {
    cwd: folder.path,
    env: { MILLRACE_DTA: "x" },
  });
  assert.equal(code, 0);
  assert.ok(!(stdout + stderr).includes("\u001b"));
  assert.match(stderr, /MILLRACE_DTA is not read\. Did you mean "MILLRACE_DATA"\?/);
});

test("four shells are given a script for completion, and each Tab is answered", async () => {
  await using folder = await projectFolder();
  const run = (...words: string[]) => millrace(words, { cwd: folder.path });
  for (const shell of ["bash", "zsh", "fish", "powershell"]) {
    const { code, stdout } = await run("completion", shell);
    assert.equal(code, 0);
    assert.match(stdout, /millrace/, shell);
  }
  const wrong = await run("completion", "bsh");
  assert.deepEqual([wrong.code, /Did you mean "bash"\?/.test(wrong.stderr)], [2, true]);
  assert.match((await run("complete", "--", "tasks", "cl")).stdout, /^claim\t/m);
  assert.match((await run("complete", "--", "tasks", "cancel", "--p")).stdout, /^--priority\t/m);
});

test("the documents of HTTP and events are printed without a database, with the project's own events", async () => {
  await using folder = await projectFolder();
  const openapi = JSON.parse((await millrace(["openapi"], { cwd: folder.path })).stdout);
  assert.deepEqual([openapi.openapi, openapi.paths["/api/tasks"].get.operationId], ["3.1.0", "tasks"]);
  const asyncapi = JSON.parse((await millrace(["asyncapi", "--json"], { cwd: folder.path })).stdout);
  assert.equal(asyncapi.asyncapi, "3.1.0");
});

test("a reader that leaves early does not make it fail", async () => {
  await using folder = await projectFolder();
  const { node, PACKAGE } = await import("./cli.ts");
  const script = `require("child_process").execSync('"' + process.execPath + '" ${PACKAGE}/bin/millrace.mjs workflows diagram | head -1', { stdio: "inherit" })`;
  const { code, stderr } = await node(["-e", script], { cwd: folder.path });
  assert.equal(code, 0);
  assert.equal(stderr, "");
});

test("version and doctor answer in one document", async () => {
  await using folder = await projectFolder();
  const version = JSON.parse((await millrace(["version", "--json"], { cwd: folder.path })).stdout);
  assert.match(version.millrace, /^\d+\.\d+\.\d+/);
  const doctor = await millrace(["doctor", "--json"], { cwd: folder.path });
  assert.equal(doctor.code, 0, doctor.stdout);
  assert.equal(JSON.parse(doctor.stdout).isHealthy, true);
});

test("the doctor ends with 6 when something fails, with the fix beside it", async () => {
  await using folder = await projectFolder({ "workflows/mine.ts": "export default 1;" });
  const { code, stdout } = await millrace(["doctor"], {
    cwd: folder.path,
    env: { DATABASE_URL: "postgres://127.0.0.1:1/none" },
  });
  assert.equal(code, 6);
  assert.match(stdout, /^fail {2}database .*\n {6}fix: /m);
  assert.match(stdout, /^fail {2}workflows .*\n {6}fix: /m);
});

test("a data folder that is a file, or lies below one, is a setup error (3) that says so, whatever is asked", async () => {
  await using folder = await projectFolder({ data: "x" });
  for (const [path, says] of [
    ["data", /The data folder \S+data is a file\. Expected: a folder/],
    ["data/below", /The data folder \S+data\/below lies below \S+data, which is a file\. Expected: a folder/],
  ] as const)
    for (const words of [["start", "--port", "0"], ["events", "tail"], ["sign-in"], ["restore", "x"]]) {
      const { code, stderr } = await millrace(words, { cwd: folder.path, env: { MILLRACE_DATA: path } });
      assert.equal(code, 3, words.join(" "));
      assert.match(stderr, says);
      assert.match(stderr, /Next: set dataFolder or MILLRACE_DATA to another path/);
    }
  const doctor = await millrace(["doctor"], { cwd: folder.path, env: { MILLRACE_DATA: "data" } });
  assert.equal(doctor.code, 6);
  assert.match(doctor.stdout, /^fail {2}config .*data is a file[^\n]*\n {6}fix: set dataFolder/m);
});

test("a path that cannot be used is named with what to do, not taken for a bug", async () => {
  await using folder = await projectFolder({ file: "x" });
  const run = async (...words: string[]) => millrace(words, { cwd: folder.path });
  const onFile = await run("init", "file");
  assert.deepEqual([onFile.code, /file is a file, not a folder/.test(onFile.stderr)], [2, true]);
  const below = await run("init", "file/below", "--json");
  assert.equal(below.code, 3);
  const { error } = JSON.parse(below.stdout);
  assert.equal(error.code, "file_unusable");
  assert.match(error.message, /file\/below lies below a file, or is one where a folder is needed \(mkdir: ENOTDIR\)/);
  assert.equal(error.hint, "name another path, or move that file away.");
});
