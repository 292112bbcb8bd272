/** A PostgreSQL of the machine's own (Debian's, 15 or newer), with a standby where one is wanted; its programs refuse to run as root. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readdirSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../../packages/embedded-postgres/src/free-port.ts";
import { until } from "../factories/until.ts";

const FOLDER = "/usr/lib/postgresql";

const bin = (() => {
  try {
    const [newest] = readdirSync(FOLDER).toSorted((a, b) => Number(b) - Number(a));
    return newest === undefined ? undefined : join(FOLDER, newest, "bin");
  } catch {
    return undefined;
  }
})();

export const hasDebianPostgres = bin !== undefined;

/** Who runs it, where we are root. */
const owner: { readonly uid?: number; readonly gid?: number } = (() => {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
})();

export interface DebianPostgres extends AsyncDisposable {
  readonly port: number;
  /** Of the database "millrace", as its superuser "admin". */
  readonly url: string;
  /** A streaming standby of it. */
  standby(): Promise<DebianPostgres>;
  promote(): Promise<void>;
  /** Kills it, as a machine that is lost. */
  kill(): Promise<void>;
  /** The same, and starts it again after so many milliseconds, as the same server. */
  restart(afterMs?: number): Promise<void>;
}

export async function debianPostgres(): Promise<DebianPostgres> {
  const folder = await ownFolder();
  run("initdb", [
    "-D",
    join(folder, "pg"),
    "-U",
    "admin",
    "-A",
    "trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
  ]);
  const server = await started(folder);
  await execute(server.port, "postgres", "create database millrace");
  return server;
}

async function started(folder: string): Promise<DebianPostgres> {
  const cluster = join(folder, "pg");
  const port = await freePort();
  appendFileSync(
    join(cluster, "postgresql.conf"),
    `\nport = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\nwal_level = replica\nmax_wal_senders = 5\nhot_standby = on\n`,
  );
  const begin = () => {
    const child = spawn(join(bin ?? "", "postgres"), ["-D", cluster], { stdio: "ignore", cwd: "/", ...owner });
    return { child, ended: once(child, "exit") };
  };
  let { child, ended } = begin();
  const server: DebianPostgres = {
    port,
    url: `postgres://admin@127.0.0.1:${port}/millrace`,
    async standby() {
      const other = await ownFolder();
      const from = `host=127.0.0.1 port=${port} user=admin`;
      run("pg_basebackup", ["-D", join(other, "pg"), "-d", from, "-R", "-X", "stream", "-c", "fast", "--no-sync"]);
      return started(other);
    },
    async promote() {
      await execute(port, "postgres", "select pg_promote(true, 30)");
    },
    async kill() {
      child.kill("SIGQUIT");
      await ended;
    },
    async restart(afterMs = 0) {
      await server.kill();
      await sleep(afterMs);
      ({ child, ended } = begin());
      await answers(port);
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGQUIT");
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
  await answers(port);
  return server;
}

function answers(port: number): Promise<void> {
  return until(() =>
    execute(port, "postgres", "select 1").then(
      () => true,
      () => false,
    ),
  );
}

function run(program: string, args: readonly string[]): void {
  execFileSync(join(bin ?? "", program), args, { stdio: "pipe", cwd: "/", ...owner });
}

async function ownFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "millrace-debian-"));
  if (owner.uid !== undefined) await chown(folder, owner.uid, owner.gid ?? owner.uid);
  await chmod(folder, 0o700);
  return folder;
}

export async function execute(port: number, database: string, statement: string, user = "admin"): Promise<void> {
  const client = new pg.Client({ host: "127.0.0.1", port, user, database });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
