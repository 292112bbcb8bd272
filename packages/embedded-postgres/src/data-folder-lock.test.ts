import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, it } from "node:test";
import { lockDataFolder } from "./data-folder-lock.ts";
import { markOf } from "./process-identity.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "millrace-lock-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the lock of a data folder", () => {
  it("is held by one at a time and can be taken again after its release", () => {
    for (let round = 0; round < 3; round++) {
      const lock = lockDataFolder(folder);
      assert.throws(() => lockDataFolder(folder), {
        code: "database_locked",
        message: new RegExp(`pid ${process.pid}`),
      });
      lock.release();
    }
    assert.equal(readdirSync(folder).length, 1, "no files pile up");
  });

  it("is taken over from a process that was killed", async () => {
    const { child, said } = await contender();
    assert.equal(said, "held");
    child.kill("SIGKILL");
    await once(child, "exit");
    lockDataFolder(folder).release();
  });

  it("is taken over from a process whose pid another process got", () => {
    writeLock({ ...markOf(process.pid), startedAt: "1" });
    lockDataFolder(folder).release();
  });

  it("is taken over when a power failure left it empty", () => {
    writeFileSync(join(folder, "engine.lock.1"), "");
    lockDataFolder(folder).release();
  });

  it("of another container is respected while its heart beats, and taken over when it stopped", () => {
    writeLock({ ...markOf(process.pid), pidNamespace: "pid:[1]" });
    assert.throws(() => lockDataFolder(folder), { code: "database_locked", message: /in another container/ });
    utimesSync(join(folder, "engine.lock.7"), new Date(), new Date(Date.now() - 16_000));
    lockDataFolder(folder).release();
  });

  it("goes to exactly one of many that find it stale at once", async () => {
    for (let round = 0; round < 4; round++) {
      writeFileSync(join(folder, `engine.lock.${50 * (round + 1)}`), JSON.stringify({ ...markOf(1), startedAt: "1" }));
      const startAt = Date.now() + 700;
      const all = await Promise.all(Array.from({ length: 6 }, () => contender(startAt)));
      assert.deepEqual(all.map(({ said }) => said).sort(), [
        "database_locked",
        "database_locked",
        "database_locked",
        "database_locked",
        "database_locked",
        "held",
      ]);
      for (const { child } of all) child.kill("SIGKILL");
    }
  });

  it("names its holder in the file", () => {
    const lock = lockDataFolder(folder);
    const [name = ""] = readdirSync(folder);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, name), "utf8")), markOf(process.pid));
    lock.release();
  });
});

function writeLock(content: object): void {
  writeFileSync(join(folder, "engine.lock.7"), JSON.stringify(content));
}

/** A process that tries to take the lock at a given time, says how that went, and holds on to it. */
async function contender(startAt = 0) {
  const program = `
    import { lockDataFolder } from ${JSON.stringify(new URL("./data-folder-lock.ts", import.meta.url).href)};
    while (Date.now() < ${startAt});
    try { lockDataFolder(${JSON.stringify(folder)}); console.log("held"); } catch (error) { console.log(error.code); }
    setTimeout(() => {}, 60_000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(createInterface(child.stdout), "line");
  return { child, said: String(said) };
}
