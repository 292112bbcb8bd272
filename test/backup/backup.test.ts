/** A backup is one snapshot in one file; what it restores is compared with it, and a file that is not whole restores nothing. */
import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { connectToCopy, copyOut } from "../../packages/millrace/src/backup/copy-stream.ts";
import { Digest } from "../../packages/millrace/src/backup/digest.ts";
import { examineBackup } from "../../packages/millrace/src/backup/restore-backup.ts";
import { OF_MIGRATIONS, TABLES } from "../../packages/millrace/src/backup/tables.ts";
import { writeBackup } from "../../packages/millrace/src/backup/write-backup.ts";
import { Database } from "../../packages/millrace/src/db/database.ts";
import { sequencesBehind } from "../../packages/millrace/src/db/sequences.ts";
import { openEngine } from "../../packages/millrace/src/engine/open-engine.ts";
import { millrace } from "../cli/cli.ts";
import { findsNothing, scoresByPoints } from "../factories/agents.ts";
import { freshDatabase } from "../factories/database.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";
import { emptyDatabase, place, restoreInto } from "./backup.fixture.ts";

const agents = [scoresByPoints, findsNothing];
const lead = (i: number) =>
  formSubmitted({ email: `lead${i}@company${i}.example`, points: 50, note: "tab\tline\nback\\slash €" });

async function contactsOf({ engine }: Pick<TestEngine, "engine">): Promise<number> {
  const [row] = await engine.db.query<{ count: number }>("select count(*)::int as count from contacts");
  return row?.count ?? 0;
}

describe("a backup", () => {
  it("names every table there is, so that none is forgotten", async () => {
    await using test = await testEngine();
    const rows = await test.engine.db.query<{ name: string }>(
      "select relname as name from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace",
    );
    const real = rows.map(({ name }) => name).filter((name) => !OF_MIGRATIONS.has(name));
    assert.deepEqual(real.toSorted(), Object.keys(TABLES).toSorted());
  });

  it("goes on behind a table of many short rows, which come in one piece of the line", async () => {
    const { url, drop } = await freshDatabase();
    const db = new Database({ url });
    const client = await connectToCopy(db);
    try {
      for (const count of [200, 300, 1_000]) {
        let rows = 0;
        await copyOut(client, `copy (select generate_series(1, ${count})) to stdout`, () => {
          rows += 1;
        });
        const [next] = (await client.query("select 1 as one")).rows;
        assert.deepEqual([rows, next], [count, { one: 1 }]);
      }
    } finally {
      await client.end();
      await db.close();
      await drop();
    }
  });

  it("taken while forms come in holds one moment: what is restored is whole, and its engine goes on with it", async () => {
    await using folder = await place();
    await using other = await emptyDatabase();
    await using test = await testEngine({ agents });
    for (let i = 0; i < 30; i++) await test.engine.append([lead(i)]);
    const coming = (async () => {
      for (let i = 30; i < 90; i++) await test.engine.append([lead(i)]);
    })();
    const made = await writeBackup(test.engine.db, { file: folder.file("a.backup"), keysFrom: undefined });
    await coming;
    const restored = await restoreInto(other.url, folder.path, folder.file("a.backup"));
    assert.equal(restored.log, made.log);
    assert.deepEqual(restored.tables, made.tables);
    assert.ok(made.newest >= 30 && made.rows > 100, `${made.newest} positions, ${made.rows} rows`);
    const moved = await openEngine({ databaseUrl: other.url, agents }, { clock: test.clock });
    try {
      assert.deepEqual(await sequencesBehind(moved.db), []);
      await moved.idle();
      const there = await contactsOf({ engine: moved });
      assert.ok(there >= 30 && there <= 90, String(there));
      const [newest] = await moved.append([lead(100)]);
      assert.ok(
        (newest?.position ?? 0) > made.newest + 1_000_000,
        "numbers given behind the backup are not given again",
      );
      await moved.idle();
      assert.equal(await contactsOf({ engine: moved }), there + 1);
    } finally {
      await moved.stop();
    }
    await test.engine.idle();
  });

  it("is readable by its owner only, and never written over another", async () => {
    await using folder = await place();
    await using test = await testEngine({ agents });
    const file = folder.file("a.backup");
    await writeBackup(test.engine.db, { file, keysFrom: undefined });
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    const before = await readFile(file);
    await assert.rejects(writeBackup(test.engine.db, { file, keysFrom: undefined }), { code: "invalid_request" });
    assert.deepEqual(await readFile(file), before);
    assert.deepEqual(await readdir(folder.path), ["a.backup"]);
  });

  it("that is killed has no name, and is not in the way of the next one of that name", async () => {
    await using folder = await place();
    const database = await freshDatabase();
    try {
      const file = folder.file("a.backup");
      const made = (failpoints: string) =>
        millrace(["backup", file], {
          cwd: folder.path,
          env: { DATABASE_URL: database.url, MILLRACE_FAILPOINTS: failpoints },
        });
      assert.equal((await made("before-backup-kept=kill:1")).code, null);
      const left = (await readdir(folder.path)).filter((name) => name.startsWith("a.backup"));
      assert.deepEqual(
        left.map((name) => name.replace(/[0-9a-f]{8}/, "8 digits")),
        ["a.backup.8 digits.part"],
      );
      const { code, stderr } = await made("");
      assert.equal(code, 0, stderr);
      assert.ok((await examineBackup(file)).rows > 0);
    } finally {
      await database.drop();
    }
  });

  it("holds no session and no sign-in link: what was ended since would be good again", async () => {
    await using folder = await place();
    await using other = await emptyDatabase();
    await using test = await testEngine({ agents });
    await test.engine.db.query(
      "insert into sign_in_links (token_hash, person, expires_at) values ('\\x01', 'ada', now() + interval '1 hour')",
    );
    const made = await writeBackup(test.engine.db, { file: folder.file("a.backup"), keysFrom: undefined });
    assert.equal(made.tables.sign_in_links, undefined);
    await restoreInto(other.url, folder.path, folder.file("a.backup"));
  });

  it("brings the keys along, unless they are left out, and never replaces others by itself", async () => {
    await using folder = await place();
    await using other = await emptyDatabase();
    await using test = await testEngine({ agents });
    const from = folder.file("old");
    const to = folder.file("new");
    await Promise.all([mkdir(from), mkdir(to)]);
    await writeFile(`${from}/link-key`, "ml_old\n");
    await writeFile(`${to}/link-key`, "ml_new\n");
    const file = folder.file("a.backup");
    assert.equal((await writeBackup(test.engine.db, { file, keysFrom: from })).hasKeys, true);
    await assert.rejects(restoreInto(other.url, to, file), /another link-key/);
    const kept = await restoreInto(other.url, to, file, { withKeys: false });
    assert.deepEqual(kept.writtenKeys, []);
    assert.equal(await readFile(`${to}/link-key`, "utf8"), "ml_new\n");
    await using third = await emptyDatabase();
    assert.deepEqual((await restoreInto(third.url, to, file, { mayOverwrite: true })).writtenKeys, ["link-key"]);
    assert.equal(await readFile(`${to}/link-key`, "utf8"), "ml_old\n");
    assert.equal((await stat(`${to}/link-key`)).mode & 0o777, 0o600);
    assert.equal((await writeBackup(test.engine.db, { file: folder.file("b"), keysFrom: undefined })).hasKeys, false);
  });
});

describe("a restore", () => {
  it("is refused where the database holds data; when asked to, it takes its place when it is whole", async () => {
    await using folder = await place();
    await using other = await emptyDatabase();
    await using test = await testEngine({ agents });
    for (let i = 0; i < 5; i++) await test.engine.append([lead(i)]);
    await test.engine.idle();
    const file = folder.file("five.backup");
    await writeBackup(test.engine.db, { file, keysFrom: undefined });
    await restoreInto(other.url, folder.path, file);
    await test.engine.append([lead(5)]);
    await test.engine.idle();
    const six = folder.file("six.backup");
    const made = await writeBackup(test.engine.db, { file: six, keysFrom: undefined });
    await assert.rejects(restoreInto(other.url, folder.path, six), /holds data/);
    // A file that is not whole leaves what is there.
    await damage(six, folder.file("cut.backup"), (text) => text.slice(0, -2_000));
    await assert.rejects(
      restoreInto(other.url, folder.path, folder.file("cut.backup"), { mayOverwrite: true }),
      /damaged/,
    );
    const opened = await openEngine({ databaseUrl: other.url, agents }, { clock: test.clock });
    assert.equal(await contactsOf({ engine: opened }), 5);
    await assert.rejects(restoreInto(other.url, folder.path, six, { mayOverwrite: true }), { code: "database_locked" });
    await opened.stop();
    assert.equal((await restoreInto(other.url, folder.path, six, { mayOverwrite: true })).log, made.log);
    const again = await openEngine({ databaseUrl: other.url, agents }, { clock: test.clock });
    assert.equal(await contactsOf({ engine: again }), 6);
    await again.stop();
  });

  it("in place of a database that somebody connects to meanwhile leaves it and its keys as they were", async () => {
    await using folder = await place();
    await using other = await emptyDatabase();
    await using test = await testEngine({ agents });
    await test.engine.append([lead(0)]);
    const [from, to, file] = [folder.file("old"), folder.file("new"), folder.file("a.backup")];
    await Promise.all([mkdir(from), mkdir(to)]);
    await writeFile(`${from}/link-key`, "ml_old\n");
    await writeBackup(test.engine.db, { file, keysFrom: from });
    await restoreInto(other.url, to, file);
    await writeFile(`${to}/link-key`, "ml_new\n");
    const early = new Database({ url: other.url, maxConnections: 1 });
    const connect = async () => void (await early.query("select 1"));
    let connecting: Promise<void> | undefined;
    const onProgress = () => {
      connecting ??= connect();
    };
    const restoring = restoreInto(other.url, to, file, { mayOverwrite: true, onProgress });
    await assert.rejects(restoring, { code: "database_locked" });
    await connecting;
    assert.equal(await readFile(`${to}/link-key`, "utf8"), "ml_new\n");
    await early.close();
    await restoreInto(other.url, to, file, { mayOverwrite: true });
    assert.equal(await readFile(`${to}/link-key`, "utf8"), "ml_old\n");
  });

  it("goes over what one that was killed behind the exchange has left", async () => {
    await using folder = await place();
    await using other = await emptyDatabase();
    await using test = await testEngine({ agents });
    await test.engine.append([lead(0)]);
    await test.engine.idle();
    const file = folder.file("a.backup");
    await writeBackup(test.engine.db, { file, keysFrom: undefined });
    await restoreInto(other.url, folder.path, file);
    const name = new URL(other.url).pathname.slice(1);
    await test.engine.db.query(`create database "${name}_replaced"`);
    await restoreInto(other.url, folder.path, file, { mayOverwrite: true });
    assert.deepEqual(
      await test.engine.db.query("select from pg_database where datname = $1", [`${name}_replaced`]),
      [],
    );
  });

  const damages: readonly [string, (text: string) => string, RegExp][] = [
    ["that ends early", (text) => text.slice(0, text.length / 2), /damaged: it ends|damaged: a line/],
    ["with a letter changed in a row", (text) => text.replace("company3.example", "company9.example"), /changed ones/],
    ["with a row gone", (text) => text.replace(/\n[^\n]*company3\.example[^\n]*\n/, "\n"), /rows of/],
    ["without its last line", (text) => text.slice(0, text.lastIndexOf('{"end"')), /damaged/],
    ["of a format to come", (text) => text.replace('"format":1', '"format":2'), /format 2/],
    ["with migrations to come", (text) => text.replace('"0001_spine"', '"0001_spine","9999_later"'), /9999_later/],
    ["that is something else", () => "PGDMP something", /no backup/],
  ];
  for (const [what, change, says] of damages) {
    it(`of a file ${what} leaves an empty database empty`, async () => {
      await using folder = await place();
      await using other = await emptyDatabase();
      await using test = await testEngine({ agents });
      for (let i = 0; i < 5; i++) await test.engine.append([lead(i)]);
      await writeBackup(test.engine.db, { file: folder.file("a.backup"), keysFrom: undefined });
      const file = folder.file("bad.backup");
      await damage(folder.file("a.backup"), file, change);
      await assert.rejects(restoreInto(other.url, folder.path, file), says);
      if (!/migrations/.test(what)) await assert.rejects(examineBackup(file), says);
      // And the right one can be restored after it.
      await restoreInto(other.url, folder.path, folder.file("a.backup"));
    });
  }

  it("of a file whose packing is cut says so", async () => {
    await using folder = await place();
    await using test = await testEngine({ agents });
    await writeBackup(test.engine.db, { file: folder.file("a.backup"), keysFrom: undefined });
    const whole = await readFile(folder.file("a.backup"));
    await writeFile(folder.file("bad.backup"), whole.subarray(0, whole.length - 20));
    await assert.rejects(examineBackup(folder.file("bad.backup")), /damaged/);
  });
});

async function damage(from: string, to: string, change: (text: string) => string): Promise<void> {
  const text = gunzipSync(await readFile(from)).toString("utf8");
  const changed = change(text);
  assert.notEqual(changed, text);
  await writeFile(to, gzipSync(changed));
}

describe("the fingerprint of a table", () => {
  const of = (...rows: string[]) => {
    const digest = new Digest();
    for (const row of rows) digest.add(Buffer.from(row));
    return digest.value;
  };
  it("is the same in any order, and another for a row more, less, changed or doubled", () => {
    assert.equal(of("a", "b", "c"), of("c", "a", "b"));
    const others = [of("a", "b"), of("a", "b", "c", "c"), of("a", "b", "d"), of(), of("a", "a", "b", "c")];
    for (const other of others) assert.notEqual(other, of("a", "b", "c"));
    assert.match(of("a"), /^[0-9a-f]{64}$/);
  });
});
