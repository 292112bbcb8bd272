/**
 * Takes a guard out, one at a time, and sees whether the tests that should notice do: `npm run mutations`, or with words of a
 * name (`npm run mutations -- fence`). Works in a copy of the checkout; the checkout itself stays as it is. Ends with 1 when a
 * mutation is not noticed, when its test does not come to an end, or when its line is not where it was.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MUTATIONS, type Mutation } from "./mutation-list.ts";

/** A test file whose guard is gone may wait for what never comes, up to the limit of the file itself (test/run.ts: 300 s). */
const DEADLINE_MS = 420_000;
/** Tests named for each guard. */
const SHOWN = 5;

const root = join(import.meta.dirname, "..");
const wanted = process.argv.slice(2).join(" ");

function copyOf(): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-mutations-"));
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);
  for (const file of files) cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

interface Verdict {
  readonly word: "noticed" | "not noticed" | "did not end" | "its line is not there once any more";
  /** The tests that failed: whether it is for the right reason is for a person to see. */
  readonly by: readonly string[];
}

/** The spec reporter has each twice, the suites around them too: the second time under a heading, without suites. */
function failedTests(output: string): readonly string[] {
  const [, report = output] = output.split("failing tests:");
  return [...report.matchAll(/^✖ (.+) \([\d.]+ms\)$/gm)].map(([, name = ""]) => name);
}

function verdictOf({ file, line, instead, noticedBy }: Mutation, folder: string): Verdict {
  const path = join(folder, "packages", "millrace", "src", file);
  const before = readFileSync(path, "utf8");
  if (before.split(line).length !== 2) return { word: "its line is not there once any more", by: [] };
  writeFileSync(
    path,
    before.replace(line, () => instead),
  );
  try {
    const args = ["scripts/run.mjs", "exec", "test/run.ts", noticedBy];
    // In a group of its own, so that what the tests started ends with them; the types know `detached` of spawn alone, Node takes it here too.
    const options = {
      cwd: folder,
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      timeout: DEADLINE_MS,
      killSignal: "SIGKILL",
    } as const;
    const { pid, status, error, stdout } = spawnSync(process.execPath, args, {
      ...options,
      stdio: [...options.stdio],
    });
    endGroup(pid);
    if (error !== undefined) return { word: "did not end", by: [] };
    return { word: status === 0 ? "not noticed" : "noticed", by: failedTests(stdout) };
  } finally {
    writeFileSync(path, before);
  }
}

/** A test that hangs would go on with its database when its runner is gone. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // None is left.
  }
}

const folder = copyOf();
let missed = 0;
try {
  for (const mutation of MUTATIONS.filter(({ guard }) => guard.includes(wanted))) {
    const { word, by } = verdictOf(mutation, folder);
    if (word !== "noticed") missed++;
    process.stdout.write(`${word.padEnd(16)} ${mutation.guard} (${mutation.noticedBy})\n`);
    for (const name of by.slice(0, SHOWN)) process.stdout.write(`${" ".repeat(19)}${name}\n`);
    if (by.length > SHOWN) process.stdout.write(`${" ".repeat(19)}and ${by.length - SHOWN} more\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missed > 0 ? 1 : 0;
