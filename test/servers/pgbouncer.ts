/** A real PgBouncer in front of a database, where the machine has one. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../packages/embedded-postgres/src/free-port.ts";

export const hasPgbouncer = (() => {
  try {
    execFileSync("pgbouncer", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** It refuses to run as root. */
const NOBODY = 65_534;

export interface Pgbouncer extends AsyncDisposable {
  readonly url: string;
}

/** @param url of the server, by TCP. */
export async function pgbouncer(url: string, mode: "session" | "transaction"): Promise<Pgbouncer> {
  const target = new URL(url);
  const name = target.pathname.slice(1);
  const folder = await mkdtemp(join(tmpdir(), "millrace-pgbouncer-"));
  await chmod(folder, 0o777);
  const port = await freePort();
  const file = join(folder, "pgbouncer.ini");
  const password = target.password === "" ? "" : ` password=${decodeURIComponent(target.password)}`;
  await writeFile(
    file,
    `[databases]
${name} = host=${target.hostname} port=${target.port} dbname=${name} user=${target.username}${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
auth_type = any
pool_mode = ${mode}
default_pool_size = 20
max_client_conn = 100
unix_socket_dir =
`,
  );
  const isRoot = process.getuid?.() === 0;
  const child = spawn("pgbouncer", [file], { stdio: "ignore", ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}) });
  await answers(port, child);
  return {
    url: `postgres://${target.username}@127.0.0.1:${port}/${name}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, "127.0.0.1");
    const isThere = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(
        () => false,
        () => false,
      ),
    ]).catch(() => false);
    socket.destroy();
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("PgBouncer ended at once.");
}
