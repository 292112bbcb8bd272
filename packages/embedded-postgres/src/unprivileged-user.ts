/**
 * PostgreSQL refuses to run as root. When the engine is root (containers, small servers), the database
 * runs as whoever owns the database or the data folder, and as `nobody` where that is root too. No user is created.
 */
import { readFileSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";

export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who the server has to run as, or undefined when this process may run it itself.
 * @param owners who own the database (if it is there) and the folder it lies in.
 */
export function chooseServerUser(owners: { database?: ServerUser; folder?: ServerUser }): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const { database, folder } = owners;
  if (database !== undefined && database.uid !== 0) return { uid: database.uid, gid: database.gid };
  // initdb looks its user up by name, and the owner of a mounted folder may have none here.
  if (folder !== undefined && folder.uid !== 0 && hasName(folder)) return { uid: folder.uid, gid: folder.gid };
  return nobody();
}

/**
 * Spawn options for a PostgreSQL program. The environment is cut down to what programs need to start:
 * PG* variables of the caller would change the server, and its secrets are none of the server's business.
 */
export function spawnAs(user: ServerUser | undefined, cwd: string) {
  const { PATH, SystemRoot, TEMP, TMP } = process.env;
  return { ...user, cwd, env: { PATH, SystemRoot, TEMP, TMP, LC_ALL: "C" } };
}

/**
 * The first folder (or the path itself) that keeps the user out, or undefined when nothing does.
 * Judged by the mode bits, as the kernel does it for a process without supplementary groups.
 * @param wants the bits needed at the path itself (4 read, 2 write, 1 enter); every folder above needs 1.
 */
export function firstBarrier(path: string, user: ServerUser | undefined, wants: number): string | undefined {
  if (user === undefined) return undefined;
  const above = dirname(path) === path ? undefined : firstBarrier(dirname(path), user, 1);
  return above ?? (allows(statSync(path), user, wants) ? undefined : path);
}

function allows(stats: Stats, user: ServerUser, wants: number): boolean {
  const shift = stats.uid === user.uid ? 6 : stats.gid === user.gid ? 3 : 0;
  return ((stats.mode >> shift) & wants) === wants;
}

function nobody(): ServerUser {
  const line = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(readPasswd());
  return line ? { uid: Number(line[1]), gid: Number(line[2]) } : { uid: 65534, gid: 65534 };
}

function hasName(user: ServerUser): boolean {
  return new RegExp(`^[^:]+:[^:]*:${user.uid}:`, "m").test(readPasswd());
}

function readPasswd(): string {
  try {
    return readFileSync("/etc/passwd", "utf8");
  } catch {
    return "";
  }
}
