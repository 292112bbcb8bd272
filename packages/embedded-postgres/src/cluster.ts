/** Makes the embedded database with PostgreSQL's initdb. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PostgresPrograms } from "./binaries.ts";
import { giveTo, type Place, syncFolder } from "./data-directory.ts";
import { EmbeddedPostgresError } from "./errors.ts";
import { spawnAs } from "./unprivileged-user.ts";

export const SUPERUSER = "millrace";

/**
 * Makes the database with initdb unless it is there. Made in a folder beside and moved into place, so that
 * a database that is there is complete and fsynced.
 */
export async function makeCluster(place: Place, programs: PostgresPrograms, password: string): Promise<void> {
  await removeUnfinished(place.home);
  if (existsSync(place.cluster)) return;
  const draft = await mkdtemp(join(place.home, "pg-unfinished-"));
  const passwordFile = join(draft, "password");
  const cluster = join(draft, "pg");
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveTo(passwordFile, place.user);
  await giveTo(draft, place.user);
  await runInitdb(place, programs.initdb, ["-D", cluster, `--pwfile=${passwordFile}`, ...INITDB_OPTIONS]);
  await appendFile(join(cluster, "postgresql.conf"), "\ninclude_if_exists = 'millrace.conf'\n");
  await rename(cluster, place.cluster);
  await syncFolder(place.home);
  await rm(draft, { recursive: true, force: true });
}

/**
 * The builtin C.UTF-8 sorts alike on every machine and never changes with the operating system, so that no
 * index goes bad on an upgrade. LC_CTYPE still decides what pg_trgm takes for a letter, hence a UTF-8 one.
 */
const INITDB_OPTIONS = [
  `--username=${SUPERUSER}`,
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C",
  ...(process.platform === "linux" ? ["--lc-ctype=C.UTF-8"] : []),
  ...(process.platform === "darwin" ? ["--lc-ctype=en_US.UTF-8"] : []),
  "--no-instructions",
];

async function runInitdb(place: Place, initdb: string, args: string[]): Promise<void> {
  const child = spawn(initdb, args, { ...spawnAs(place.user, place.home), stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4096);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", (cause) => reject(cannotRun(initdb, cause)));
    child.once("close", resolve);
  });
  if (code === 0) return;
  throw new EmbeddedPostgresError("database_setup", {
    saw: `PostgreSQL's initdb could not make a database in ${place.home}: ${said.trim().split("\n").slice(-3).join(" ")}.`,
    next: "fix what it complains about, or set DATABASE_URL to a PostgreSQL server.",
  });
}

/** A PostgreSQL program that could not even be started. */
export function cannotRun(program: string, cause: NodeJS.ErrnoException): EmbeddedPostgresError {
  const isForeign = cause.code === "ENOENT" && existsSync(program);
  return new EmbeddedPostgresError("database_setup", {
    saw: isForeign
      ? `${program} cannot run here; it needs a Linux with glibc (Debian, Ubuntu, Fedora; not Alpine).`
      : `${program} could not be started: ${cause.message}.`,
    next: "set DATABASE_URL to a PostgreSQL server, or run Millrace as an ordinary user on a system with glibc.",
    cause,
  });
}

async function removeUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (name.startsWith("pg-unfinished-")) await rm(join(home, name), { recursive: true, force: true });
  }
}
