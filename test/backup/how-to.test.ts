/** docs/how-to/back-up-and-restore.md, run as a reader would run it. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { background, millrace, PACKAGE, projectFolder, REPOSITORY } from "../cli/cli.ts";
import { emptyDatabase } from "./backup.fixture.ts";

const page = join(REPOSITORY, "docs", "how-to", "back-up-and-restore.md");

/** The commands below a heading, in order. */
async function commandsOf(heading: string): Promise<string[]> {
  const text = await readFile(page, "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const commands = [...section.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block.trim().split("\n"),
  );
  assert.ok(commands.length > 0, heading);
  return commands;
}

async function shell(command: string, cwd: string): Promise<{ stdout: string; stderr: string }> {
  const bin = join(cwd, "bin");
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, "millrace"), `#!/bin/sh\nexec "${process.execPath}" "${PACKAGE}/bin/millrace.mjs" "$@"\n`);
  await chmod(join(bin, "millrace"), 0o755);
  const env = { PATH: `${bin}:/usr/bin:/bin`, HOME: cwd };
  return promisify(execFile)("sh", ["-c", command], { cwd, env });
}

const start = ["start", "--port", "0", "--no-hubspot"];

test("the page's commands back up, restore, confirm and move", { timeout: 240_000 }, async () => {
  await using old = await projectFolder();
  await using fresh = await projectFolder();
  const said = new Map<string, string>();
  {
    await using engine = await background(start, { cwd: old.path });
    for (let i = 0; i < 3; i++) {
      const body = new URLSearchParams({ email: `lead${i}@company${i}.example` });
      assert.ok((await fetch(engine.first.formUrl, { method: "POST", body })).ok);
    }
    for (const command of await commandsOf("Back up")) {
      const { stdout, stderr } = await shell(command, old.path);
      said.set(command, stdout + stderr);
    }
  }
  assert.match(said.get("millrace backup leads.backup") ?? "", /rows of \d+ tables, the log up to position [1-9]/);
  assert.match(said.get("millrace restore leads.backup --dry-run") ?? "", /is whole/);
  await copyFile(join(old.path, "leads.backup"), join(fresh.path, "leads.backup"));
  const [restore = "", startLine, ...rest] = await commandsOf("Restore");
  assert.equal(startLine, "millrace start");
  assert.match((await shell(restore, fresh.path)).stderr, /kept in until you confirm/);
  {
    await using _ = await background(start, { cwd: fresh.path });
    for (const command of rest) {
      const { stdout, stderr } = await shell(command, fresh.path);
      said.set(command, stdout + stderr);
    }
  }
  assert.match(said.get("millrace restore status") ?? "", /Held since .*restored from a backup/);
  assert.match(said.get("millrace restore confirm --emails cancel") ?? "", /Confirmed/);
  await using server = await emptyDatabase();
  for (const command of await commandsOf("Move to a server, and back"))
    await shell(command.replace("postgres://millrace@db.example/millrace", `'${server.url}'`), fresh.path);
  const there = await millrace(["contacts", "list", "--json"], { cwd: fresh.path, env: { DATABASE_URL: server.url } });
  assert.equal(JSON.parse(there.stdout).contacts.length, 3, there.stdout + there.stderr);
});
