/** What the machine gives: Node, PostgreSQL's programs, a folder to write in, room, a port. */
import { existsSync } from "node:fs";
import { access, constants, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { isFree } from "@millrace/embedded-postgres";
import { installedPostgresVersion } from "../../db/embedded.ts";
import { findGateway } from "../address.ts";
import { failureOf } from "../exit-codes.ts";
import { type Diagnosis, fail, pass, warn } from "./finding.ts";

const NEEDED_NODE = 24;
const GIB = 2 ** 30;
const USUAL_PORT = 4300;

export function checkNode(version = process.versions.node): Diagnosis {
  const major = Number(version.split(".")[0]);
  if (major >= NEEDED_NODE) return pass("node", `Node ${version}`);
  return fail(
    "node",
    `Node ${version} cannot run TypeScript`,
    `install Node ${NEEDED_NODE}, or start it with "npm start", which brings its own.`,
  );
}

/** Only asked when no server is set. */
export function checkPrograms(platform: string = process.platform, arch: string = process.arch): Diagnosis {
  try {
    return pass("programs", `PostgreSQL ${installedPostgresVersion(platform, arch)} for ${platform} on ${arch}`);
  } catch (error) {
    const { message, hint } = failureOf(error);
    return fail("programs", message, hint);
  }
}

export async function checkFolder(dataFolder: string): Promise<Diagnosis> {
  const folder = nearestThere(dataFolder);
  try {
    await access(folder, constants.W_OK | constants.X_OK);
    return pass("folder", folder === dataFolder ? `${dataFolder} is writable` : `${dataFolder} can be made`);
  } catch {
    return fail(
      "folder",
      `${folder} is not writable for this user`,
      "fix its owner and permissions, or set MILLRACE_DATA to another folder.",
    );
  }
}

export async function checkDisk(dataFolder: string): Promise<Diagnosis> {
  const { bavail, bsize } = await statfs(nearestThere(dataFolder));
  const free = bavail * bsize;
  const saw = `${(free / GIB).toFixed(1)} GiB free`;
  const fix = "make room, or set MILLRACE_DATA to a folder on a larger disk.";
  if (free < GIB / 4) return fail("disk", saw, fix);
  return free < 2 * GIB ? warn("disk", saw, fix) : pass("disk", saw);
}

export async function checkPort(dataFolder: string, port = USUAL_PORT): Promise<Diagnosis> {
  const running = await findGateway(dataFolder);
  if (running !== undefined)
    return pass("port", `an engine of this folder runs at ${running.url} (pid ${running.pid})`);
  if (await isFree(port)) return pass("port", `${port} is free`);
  return warn(
    "port",
    `${port} is taken by another program`,
    "nothing needs doing: the next free one is used. To choose one, set PORT or --port.",
  );
}

/** The folder itself, or the nearest above it that exists. */
function nearestThere(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestThere(dirname(folder));
}
