/**
 * A workflow that never comes back: it is named with file and line, its process ends, the next start leaves it out, and
 * nothing that was accepted is lost. In a program that embeds the engine, and unattended under `millrace start`.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Database } from "../../packages/millrace/src/db/database.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { readHealth } from "../../packages/millrace/src/queries/rows/health.ts";
import { background, eventually, millrace, projectFolder } from "../cli/cli.ts";
import { freshDatabase } from "../factories/database.ts";
import { formSubmitted } from "../factories/engine.ts";

const PROGRAM = join(import.meta.dirname, "deciding-engine.ts");

describe("a workflow that never comes back, in a program that embeds the engine", () => {
  for (const [what, form, code, condition] of [
    ["an endless loop", "spin", "while (!isOver)", "spins"],
    ["a catastrophic pattern", "pattern", "/^(a+)+$/", "has many a"],
  ] as const) {
    it(`${what} in the log: the process ends with file and line; the next one decides everything else`, async () => {
      const line = lineOf(code);
      const database = await freshDatabase();
      const dataFolder = await mkdtemp(join(tmpdir(), "millrace-hang-"));
      const config = { databaseUrl: database.url, dataFolder, engine: { decisionLimitMs: 300 } };
      // It only appends: another process decides.
      const appender = await openEngine({ ...config, dataFolder: undefined }, { roles: ["worker"] });
      try {
        await using first = await program(config);
        await appender.append([formSubmitted({ email: "a@x.example" }, form), formSubmitted({ email: "b@x.example" })]);
        assert.equal(await first.ended, "SIGKILL");
        assert.match(
          first.errors(),
          new RegExp(
            `"trial" .* asked about form_submitted, .*deciding-engine\\.ts:${line}:\\d+, in the condition "${condition}"`,
          ),
        );
        await using second = await program(config);
        await eventually("both forms are decided", async () => (await thankYous(appender.db)).length === 2, 30_000);
        const letters = await deadLetters(appender.db);
        assert.equal(letters.length, 2, "until it is corrected, all its events wait");
        assert.match(letters[0]?.error ?? "", new RegExp(`deciding-engine\\.ts:${line}:`));
        const { status, reasons } = await readHealth(appender.db, undefined);
        assert.equal(status, "ill");
        assert.ok(
          reasons.some((reason) => reason.startsWith("workflow:trial: 2 set aside")),
          reasons.join("\n"),
        );
        assert.ok(second.isThere());
      } finally {
        await appender.stop();
        await database.drop();
        await rm(dataFolder, { recursive: true, force: true });
      }
    });
  }
});

describe("a workflow that never comes back, under millrace start", () => {
  it("is left out unattended; the form that met it and those beside it are kept; corrected, it decides them", async () => {
    await using folder = await projectFolder({
      "millrace.config.ts": "export default { hubspot: false, engine: { decisionLimitMs: 300 } };",
      "workflows/trial.ts": trial("while (event.data.form === 'spin') {}"),
    });
    await using engine = await background(["start", "--port", "0"], { cwd: folder.path });
    const forms = await Promise.allSettled(
      ["demo", "spin", "demo"].map((form, i) => submit(engine.first.url, form, `f${i}@x.example`)),
    );
    assert.ok(
      forms.some(({ status }) => status === "rejected"),
      "the request that met it has no answer",
    );
    await eventually("a second start", () => engine.output.stdout.trim().split("\n").length === 2, 60_000);
    const again = JSON.parse(engine.output.stdout.trim().split("\n")[1] ?? "{}");
    assert.equal(await submit(again.url, "spin", "later@x.example"), 202);
    assert.match(engine.output.stderr, /The workflow "trial" .*workflows\/trial\.ts:4:\d+, in the condition "spins"/);
    const submitted = await list(folder.path, ["events", "tail", "--type", "form_submitted"]);
    assert.equal(submitted.length, 4, "nothing that came in is lost, and nothing is there twice");

    const letters = await list(folder.path, ["dead-letters", "list"]);
    assert.ok(letters.length >= 1);
    await writeFile(join(folder.path, "workflows/trial.ts"), trial(""));
    await eventually("the corrected one runs", () => /trial@\w+ runs now/.test(engine.output.stderr), 30_000);
    const retried = await millrace(["dead-letters", "retry", "--all", "--json"], { cwd: folder.path });
    assert.equal(retried.code, 0, retried.stderr + retried.stdout);
    assert.deepEqual(await list(folder.path, ["dead-letters", "list"]), []);
    assert.equal(await engine.stop("SIGTERM"), 0);
  });
});

/** Where that stands in the program. */
function lineOf(code: string): number {
  return (
    readFileSync(PROGRAM, "utf8")
      .split("\n")
      .findIndex((line) => line.includes(code)) + 1
  );
}

function trial(body: string): string {
  return `import { alt, branch, on, otherwise, stop, when, workflow } from "millrace";
// The fourth line is where it hangs.
const spins = when<"form_submitted">("spins", ({ event }) => {
${body}
  return false;
});
export default workflow("trial", {}, [on("form_submitted", alt(branch("spin", spins, stop("x")), otherwise(stop("y"))))]);
`;
}

async function submit(url: string, form: string, email: string): Promise<number> {
  const response = await fetch(`${url}/forms/${form}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email }),
  });
  await response.body?.cancel();
  return response.status;
}

async function list(cwd: string, words: readonly string[]): Promise<readonly unknown[]> {
  const { stdout, stderr } = await millrace([...words, "--json"], { cwd });
  const lines = stdout
    .trim()
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
  assert.ok(lines.length > 0 || stderr === "", stderr);
  return lines.flatMap((line) =>
    Array.isArray(line) ? line : (Object.values(line as object).find(Array.isArray) ?? [line]),
  );
}

/** The program under test; killed at the end. */
async function program(config: object) {
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, PROGRAM, JSON.stringify(config)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = new Promise<string | number | null>((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? code)),
  );
  await eventually("the program", () => output.includes("ready") || child.exitCode !== null, 30_000);
  assert.equal(child.exitCode, null, errors);
  return {
    ended,
    errors: () => errors,
    isThere: () => child.exitCode === null && child.signalCode === null,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function deadLetters(db: Database): Promise<{ error: string }[]> {
  return db.query(
    "select error from dead_letters where resolved_at is null and subscription = 'workflow:trial' order by id",
  );
}

function thankYous(db: Database): Promise<object[]> {
  return db.query("select * from emails where template = 'thank_you'");
}
