/**
 * One PostgreSQL server process: start it, recognize one that is running already, ask whether it answers,
 * stop it. Holds no state; embedded.ts keeps it running.
 */
import { execFileSync, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { PostgresPrograms } from "./binaries.ts";
import { cannotRun, SUPERUSER } from "./cluster.ts";
import type { Place } from "./data-directory.ts";
import { EmbeddedPostgresError, messageOf } from "./errors.ts";
import { freePort, isFree } from "./free-port.ts";
import { commandLine, isRunning } from "./process-identity.ts";
import { logPath, logSince, startLog } from "./server-log.ts";
import { spawnAs } from "./unprivileged-user.ts";

const DATABASE = "millrace";
const POLL_MS = 15;
const STARTING_OR_STOPPING = "57P03";
const NO_SUCH_DATABASE = "3D000";

export interface ServerPlan {
  readonly place: Place;
  readonly programs: PostgresPrograms;
  readonly password: string;
  /**
   * How long a server may be silent when it should answer, or run on when it should stop. One that says it is
   * starting up (crash recovery) is waited for.
   */
  readonly patienceMs: number;
}

export interface LiveServer {
  readonly pid: number;
  readonly port: number;
  /** As PostgreSQL says it: "18.4". */
  readonly version: string;
}

export function urlOf(password: string, port: number): string {
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}?sslmode=disable`;
}

/**
 * Starts a server on the port, or on a free one when that is taken, and waits until it answers.
 * @param port 0 for any.
 * @throws EmbeddedPostgresError `database_setup` with the server's own last words.
 */
export async function startServer(plan: ServerPlan, port: number): Promise<LiveServer> {
  for (let attempt = 1; ; attempt++) {
    const chosen = (await isFree(port)) ? port : await freePort();
    try {
      return await startServerOn(plan, chosen);
    } catch (error) {
      // Someone else may have taken the port since we looked.
      if (attempt === 3 || (await isFree(chosen))) throw error;
    }
  }
}

/** As startServer, but on this port or not at all. */
export async function startServerOn(plan: ServerPlan, port: number): Promise<LiveServer> {
  const giveUpAt = Date.now() + plan.patienceMs;
  for (;;) {
    const logStart = startLog(plan.place.dataFolder);
    const pid = await spawnServer(plan, port);
    const version = await readyOrStopped(plan, pid, port);
    if (version !== undefined) return { pid, port, version };
    const lastWords = logSince(plan.place.dataFolder, logStart);
    // The processes of a killed server are still ending.
    const mayRetry = /shared memory block .* still in use/.test(lastWords);
    if (!mayRetry || Date.now() > giveUpAt) throw didNotStart(plan, lastWords);
    await sleep(100);
  }
}

/**
 * The server that runs on this database already, left over by an engine that was killed; undefined when
 * there is none. One that does not answer to our password is stopped. Call only while holding the lock.
 */
export async function adoptServer(plan: ServerPlan): Promise<LiveServer | undefined> {
  const left = readPostmasterPid(plan.place.cluster);
  if (left === undefined || !isServerOf(plan, left.pid)) return undefined;
  const version = await readyOrStopped(plan, left.pid, left.port).catch(() => undefined);
  return version === undefined ? undefined : { ...left, version };
}

/** Stops whatever server runs on this database. */
export async function stopLeftover(plan: ServerPlan): Promise<void> {
  const left = readPostmasterPid(plan.place.cluster);
  if (left !== undefined) await stopServer(plan, left.pid);
}

/** Fast shutdown, then an immediate one, then a kill; each given its time. Returns when the server is gone. */
export async function stopServer(plan: ServerPlan, pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", plan.patienceMs],
    ["SIGQUIT", plan.patienceMs],
    ["SIGKILL", Number.POSITIVE_INFINITY],
  ] as const) {
    if (!isServerOf(plan, pid)) return;
    signalServer(plan, pid, signal);
    const giveUpAt = Date.now() + patienceMs;
    while (isRunning(pid) && Date.now() < giveUpAt) await sleep(POLL_MS);
  }
}

/** Asks for a fast shutdown and does not wait; for the last moment of this process. */
export function askToStop(plan: ServerPlan, pid: number): void {
  if (isServerOf(plan, pid)) signalServer(plan, pid, "SIGINT");
}

/** Whether the pid is a server on this very database; pids are reused, and root must not stop a stranger. */
export function isServerOf(plan: ServerPlan, pid: number): boolean {
  if (!isRunning(pid)) return false;
  return process.platform === "win32" || commandLine(pid).includes(` -D ${plan.place.cluster} `);
}

async function spawnServer(plan: ServerPlan, port: number): Promise<number> {
  const { place, programs } = plan;
  disownPostmasterPid(plan);
  const log = openSync(logPath(place.dataFolder), "a", 0o600);
  try {
    const child = spawn(programs.postgres, ["-D", place.cluster, "-p", String(port)], {
      ...spawnAs(place.user, place.home),
      stdio: ["ignore", log, log],
      // A session of its own: Ctrl-C in the terminal reaches Node alone, which then stops the server in order.
      detached: true,
      windowsHide: true,
    });
    await new Promise<void>((resolve, reject) => {
      child.once("error", (cause) => reject(cannotRun(programs.postgres, cause)));
      child.once("spawn", resolve);
    });
    child.unref();
    return child.pid as number;
  } finally {
    closeSync(log);
  }
}

/** As untilReady, but a server that cannot be used is not left running. */
async function readyOrStopped(plan: ServerPlan, pid: number, port: number): Promise<string | undefined> {
  try {
    return await untilReady(plan, pid, port);
  } catch (error) {
    await stopServer(plan, pid);
    throw error;
  }
}

/**
 * Waits until the server answers.
 * @returns its version, or undefined when it is gone. Rejects when it answers wrongly or never.
 */
async function untilReady(plan: ServerPlan, pid: number, port: number): Promise<string | undefined> {
  let lastWordAt = Date.now();
  while (isRunning(pid)) {
    try {
      return await askVersion(plan, port, DATABASE);
    } catch (error) {
      const code = codeOf(error);
      if (code === STARTING_OR_STOPPING) lastWordAt = Date.now();
      else if (code === NO_SUCH_DATABASE) await createDatabase(plan, port);
      else if (!isSilence(code) || Date.now() - lastWordAt > plan.patienceMs) throw error;
    }
    await sleep(POLL_MS);
  }
  return undefined;
}

/** Nobody listens yet, or nobody answers; time-outs and cut connections come from `pg` without a code. */
function isSilence(code: string | undefined): boolean {
  return code === "ECONNREFUSED" || code === "ECONNRESET" || code === undefined;
}

async function askVersion(plan: ServerPlan, port: number, database: string): Promise<string> {
  return withClient(plan.password, port, database, async (client) => {
    const { rows } = await client.query<{ version: string; folder: string }>(
      "select current_setting('server_version') as version, current_setting('data_directory') as folder",
    );
    const [row] = rows;
    // A data folder copied with its server running leads to that server, which has the same password.
    if (row === undefined || row.folder !== plan.place.cluster) {
      throw new EmbeddedPostgresError("database_setup", {
        saw: `On port ${port} another database answers: ${row?.folder}.`,
        expected: plan.place.cluster,
        next: "stop the other server.",
      });
    }
    return row.version;
  });
}

async function createDatabase(plan: ServerPlan, port: number): Promise<void> {
  await withClient(plan.password, port, "postgres", (client) => client.query(`create database ${DATABASE}`));
}

async function withClient<T>(
  password: string,
  port: number,
  database: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    ...{ host: "127.0.0.1", port, user: SUPERUSER, password, database },
    ssl: false,
    connectionTimeoutMillis: 2_000,
    query_timeout: 10_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The first lines of postmaster.pid: pid, data directory, start time, port. */
function readPostmasterPid(cluster: string): { pid: number; port: number } | undefined {
  try {
    const [pid, , , port] = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    return Number(pid) > 0 ? { pid: Number(pid), port: Number(port) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A left-over postmaster.pid keeps PostgreSQL from starting while its pid exists, be it a stranger's by now
 * (reused, or a copied folder) or a zombie's that nobody reaps. Deleting the file would also delete its note
 * of the shared memory, which protects against processes of the old server; so only the pid is replaced, by
 * ours: PostgreSQL ignores its parent's.
 */
function disownPostmasterPid(plan: ServerPlan): void {
  const left = readPostmasterPid(plan.place.cluster);
  if (left === undefined || isServerOf(plan, left.pid)) return;
  const path = join(plan.place.cluster, "postmaster.pid");
  writeFileSync(path, readFileSync(path, "utf8").replace(/^\d+/, String(process.pid)));
}

function signalServer(plan: ServerPlan, pid: number, signal: "SIGINT" | "SIGQUIT" | "SIGKILL"): void {
  try {
    if (process.platform === "win32") execFileSync(plan.programs.pgCtl, ["kill", signal.slice(3), String(pid)]);
    else process.kill(pid, signal);
  } catch {
    // Gone in between, which is what was wanted.
  }
}

function didNotStart(plan: ServerPlan, lastWords: string): EmbeddedPostgresError {
  // Without the time and pid before each line.
  const lines = lastWords
    .trim()
    .split("\n")
    .map((line) => line.replace(/^\d{4}-\S+ \S+ \w+ \[\d+\] /, ""));
  return new EmbeddedPostgresError("database_setup", {
    saw: `PostgreSQL did not start: ${messageOf(lines.slice(-3).join(" "))}.`,
    next: `fix what it complains about (its log is ${logPath(plan.place.dataFolder)}), or set DATABASE_URL to a PostgreSQL server.`,
  });
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
