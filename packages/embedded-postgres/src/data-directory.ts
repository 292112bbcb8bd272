/**
 * Where the embedded database lives, and what is remembered about it.
 * The data folder keeps `postgres.json` (0600: password, port, place). The database itself is `pg` in the
 * same folder or, when the engine is root and the server's user may not enter there, in a folder it may.
 */
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, type Stats, statSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, open, rename } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EmbeddedPostgresError } from "./errors.ts";
import { chooseServerUser, firstBarrier, type ServerUser } from "./unprivileged-user.ts";

/** Folders for the database of a root engine whose data folder is closed to others; both survive a reboot. */
const REACHABLE_FOLDERS = ["/var/lib/millrace", "/var/tmp"];

/** The content of `postgres.json`. */
export interface ClusterMemory {
  /** 192 random bits, hexadecimal. */
  readonly password: string;
  /** The TCP port last used; 0 before the first start. */
  readonly port: number;
  /** The folder that holds `pg`; "." is the data folder, so that it may be moved. */
  readonly home: string;
  /** False until initdb has finished, so that a first start cut short is begun again. */
  readonly isMade: boolean;
}

export interface Place {
  readonly dataFolder: string;
  readonly home: string;
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  /** Who the server runs as; undefined: as this process. */
  readonly user: ServerUser | undefined;
}

/**
 * What the data folder remembers of its database; for a new folder, a password and a place made up and
 * written down.
 * @throws EmbeddedPostgresError `database_setup` when the database is there without its memory, or the reverse.
 */
export async function recallCluster(dataFolder: string, log: (line: string) => void): Promise<ClusterMemory> {
  const remembered = readMemory(dataFolder);
  if (remembered === undefined) {
    if (existsSync(join(dataFolder, "pg"))) throw lostMemory(dataFolder);
    const home = await chooseHome(dataFolder, log);
    const memory = { password: randomBytes(24).toString("hex"), port: 0, home, isMade: false };
    await writeMemory(dataFolder, memory);
    return memory;
  }
  const place = placeOf(dataFolder, remembered);
  if (remembered.isMade && !existsSync(place.cluster)) throw lostCluster(place);
  const barrier = existsSync(place.home) ? firstBarrier(place.home, place.user, 1) : undefined;
  if (barrier !== undefined) throw closedCluster(place, barrier);
  return remembered;
}

export function placeOf(dataFolder: string, memory: ClusterMemory): Place {
  const home = memory.home === "." ? dataFolder : memory.home;
  const cluster = join(home, "pg");
  return { dataFolder, home, cluster, user: chooseServerUser({ database: ownerOf(cluster), folder: ownerOf(home) }) };
}

/** @returns undefined when there is none. */
export function readMemory(dataFolder: string): ClusterMemory | undefined {
  const path = memoryPath(dataFolder);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as ClusterMemory;
  } catch (cause) {
    if (cause instanceof SyntaxError) throw brokenMemory(path, cause);
    throw cause;
  }
}

/** Written whole or not at all, and on the disk when this returns: losing the password means losing the data. */
export async function writeMemory(dataFolder: string, memory: ClusterMemory): Promise<void> {
  const path = memoryPath(dataFolder);
  const draft = `${path}.draft`;
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(memory, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await giveTo(draft, statSync(dataFolder));
  await rename(draft, path);
  await syncFolder(dataFolder);
}

async function chooseHome(dataFolder: string, log: (line: string) => void): Promise<string> {
  const user = chooseServerUser({ folder: ownerOf(dataFolder) });
  const barrier = firstBarrier(dataFolder, user, 1);
  if (barrier === undefined) return ".";
  for (const folder of REACHABLE_FOLDERS) {
    const home = await makeHome(folder, basename(dirname(dataFolder)), user);
    if (home === undefined) continue;
    log(
      `The database goes to ${home}: Millrace runs as root, PostgreSQL must not, and its user may not enter ${barrier}.`,
    );
    return home;
  }
  throw new EmbeddedPostgresError("database_setup", {
    saw: `PostgreSQL must not run as root, its user may not enter ${barrier}, and neither ${REACHABLE_FOLDERS.join(" nor ")} can be used instead.`,
    next: "run Millrace as an ordinary user, choose a data folder that others may enter, or set DATABASE_URL.",
  });
}

/** A new folder that the user may enter, or undefined when none can be made there. */
async function makeHome(folder: string, name: string, user: ServerUser | undefined): Promise<string | undefined> {
  try {
    const isNew = !existsSync(folder);
    await mkdir(folder, { recursive: true });
    if (isNew) await chmod(folder, 0o755);
    if (firstBarrier(folder, user, 1) !== undefined) return undefined;
    const home = await mkdtemp(join(folder, `millrace-${name.replace(/[^\w.-]/g, "")}-`));
    await chmod(home, 0o711);
    return home;
  } catch {
    return undefined;
  }
}

/** Root's files go to the user that needs them; an ordinary user's are its own already. */
export async function giveTo(path: string, owner: ServerUser | Stats | undefined): Promise<void> {
  if (owner !== undefined && process.getuid?.() === 0) await chown(path, owner.uid, owner.gid);
}

export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function ownerOf(path: string): ServerUser | undefined {
  return existsSync(path) ? statSync(path) : undefined;
}

function memoryPath(dataFolder: string): string {
  return join(dataFolder, "postgres.json");
}

function lostMemory(dataFolder: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError("database_setup", {
    saw: `There is a database in ${join(dataFolder, "pg")}, but not the file with its password, ${memoryPath(dataFolder)}.`,
    next: "put that file back from a backup, or move the folder pg away to start with an empty database.",
  });
}

function brokenMemory(path: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError("database_setup", {
    saw: `${path}, the file with the database's password, is damaged.`,
    next: "put it back from a backup.",
    cause,
  });
}

function lostCluster(place: Place): EmbeddedPostgresError {
  return new EmbeddedPostgresError("database_setup", {
    saw: `The database of this data folder is gone: ${place.cluster} does not exist.`,
    next: `put it back from a backup, or delete ${memoryPath(place.dataFolder)} to start with an empty database.`,
  });
}

function closedCluster(place: Place, barrier: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError("database_setup", {
    saw: `PostgreSQL must not run as root, and its user may no longer enter ${barrier}, above the database ${place.cluster}.`,
    next: `run "chmod o+x ${barrier}", or run Millrace as the owner of the data folder.`,
  });
}
