import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { findInstalled, type InstalledPackage, preparePrograms } from "./binaries.ts";

const isRoot = process.getuid?.() === 0;
let box: string;
let installed: InstalledPackage;

beforeEach(() => {
  box = mkdtempSync(join(tmpdir(), "millrace-binaries-"));
  chmodSync(box, 0o755);
  installed = { native: smallPackage(join(box, "package", "native")), version: "18.0" };
});

afterEach(() => {
  rmSync(box, { recursive: true, force: true });
});

describe("the PostgreSQL programs", () => {
  it("are used where npm put them, with the links its package cannot carry", async () => {
    const programs = await prepare();
    assert.equal(programs.postgres, join(installed.native, "bin", "postgres"));
    assert.equal(readlinkSync(join(installed.native, "lib", "libpq.so.5")), "libpq.so.5.18");
  });

  it("are prepared by several engines at once without one disturbing another", async () => {
    await Promise.all(Array.from({ length: 20 }, () => prepare()));
    assert.deepEqual(readdirSync(join(installed.native, "lib")).sort(), ["libpq.so.5", "libpq.so.5.18"]);
  });

  it("have a wrong link put right", async () => {
    writeFileSync(join(installed.native, "lib", "libpq.so.5"), "");
    await prepare();
    assert.equal(readlinkSync(join(installed.native, "lib", "libpq.so.5")), "libpq.so.5.18");
  });

  it("are copied once, readable for all, when the server's user may not go there", {
    skip: !isRoot && "needs root",
  }, async () => {
    chmodSync(join(box, "package"), 0o700);
    chmodSync(join(installed.native, "share", "postgresql", "postgres.bki"), 0o600);
    const log: string[] = [];
    const user = { uid: 65534, gid: 65534 };
    const all = await Promise.all([1, 2, 3].map(() => prepare({ user, log: (line) => log.push(line) })));
    const copy = join(box, "postgres-18.0");
    assert.deepEqual(new Set(all.map((programs) => programs.postgres)), new Set([join(copy, "bin", "postgres")]));
    assert.deepEqual(readdirSync(box).sort(), ["package", "postgres-18.0"]);
    assert.match(log[0] ?? "", /may not enter .*package/);
    execFileSync("cat", [join(copy, "share", "postgresql", "postgres.bki")], user);

    const logged = log.length;
    await prepare({ user, log: (line) => log.push(line) });
    assert.equal(log.length, logged, "the second time there is nothing to do");
  });

  it("of a platform without binaries are missed with DATABASE_URL as the way out", () => {
    assert.throws(() => findInstalled("sunos", "sparc"), {
      code: "database_setup",
      message: /sunos on sparc.*set DATABASE_URL/,
    });
  });

  it("are installed on this platform", () => {
    assert.ok(existsSync(findInstalled().native));
  });
});

function prepare(request: Partial<Parameters<typeof preparePrograms>[0]> = {}) {
  return preparePrograms({ copyInto: box, user: undefined, log: () => undefined, installed, ...request });
}

/** A package of the real one's shape, with one library and one link. */
function smallPackage(native: string): string {
  for (const folder of ["bin", "lib", "share/postgresql"]) mkdirSync(join(native, folder), { recursive: true });
  for (const name of ["initdb", "postgres"]) cpSync("/bin/true", join(native, "bin", name));
  writeFileSync(join(native, "lib", "libpq.so.5.18"), "");
  writeFileSync(join(native, "share", "postgresql", "postgres.bki"), "");
  const links = [{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }];
  writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify(links));
  return native;
}
