/**
 * Installs what a package-lock.json says, once, in this folder or another with packages of its own (tools/), and runs
 * programs to their end. Plain JavaScript without dependencies, because it runs before there are any.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { basename, join } from "node:path";

export const NEEDED_NODE = 24;
export const isWindows = process.platform === "win32";
export const isNodeNewEnough = Number(process.versions.node.split(".")[0]) >= NEEDED_NODE;

/** Asked at the start: when the signal comes, the terminal may be gone. */
const hasTerminal = !isWindows && canOpenTerminal();

function canOpenTerminal() {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}

/** Installs what package-lock.json says, once. @returns npm's exit code, 0 when there was nothing to do. */
export async function setUp(folder) {
  if (isSetUp(folder)) return 0;
  const release = await takeLock(folder);
  try {
    // Another terminal may have done it while we waited.
    return isSetUp(folder) ? 0 : await install(folder);
  } finally {
    release();
  }
}

async function install(folder) {
  say(`Setting up ${basename(folder)} (first run, about a minute)…`);
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  // Where NODE_ENV=production leaves development packages out, Node 24 and what builds the console would be missing.
  args.push("--include=dev");
  const [command, all] = npmCommand(process.execPath, args);
  // npm's summary goes to stderr: our stdout belongs to the command that follows.
  const code = await run(command, all, { cwd: folder, stdio: ["ignore", 2, 2] });
  if (code !== 0)
    say(`Setting up failed: npm ci ended with exit code ${code}. Next: see npm's words above, then try again.`);
  return code;
}

/**
 * Whether node_modules is what package-lock.json says, judged by npm's own record of what it installed.
 * By content, because times say nothing after a clone, a checkout or a copy. Installed as a dependency of
 * another project there is no package-lock.json, and nothing to do.
 */
function isSetUp(folder) {
  const wanted = readPackages(join(folder, "package-lock.json"));
  if (wanted === undefined) return true;
  const installed = readPackages(join(folder, "node_modules", ".package-lock.json"));
  if (installed === undefined) return false;
  const hasDev = !isNodeNewEnough || Object.values(installed).some((entry) => entry.dev);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "" || (entry.dev && !hasDev)) return true;
    const found = installed[path];
    // Optional ones are left out where they do not fit the platform.
    if (found === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/**
 * One installation at a time. The lock is a folder with the holder's pid in it, moved into place whole; a move
 * onto a folder that is not empty fails. It lies outside the folder, since npm ci empties node_modules. One
 * whose holder is gone is moved to a name made from that holder's pid: a second mover finds that name taken,
 * and so cannot move the lock of the first.
 * @returns the function that gives the lock back.
 */
async function takeLock(folder) {
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const lock = join(tmpdir(), `millrace-setup-${process.getuid?.() ?? "user"}-${name}`);
  const mine = `${lock}.${process.pid}`;
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine, { mode: 0o700 });
  writeFileSync(join(mine, "pid"), String(process.pid));
  const stale = [];
  for (let hasSaid = false; !tryMove(mine, lock); ) {
    const holder = holderOf(lock);
    if (holder !== undefined && !isRunning(holder)) {
      stale.push(`${lock}.gone-${holder}`);
      tryMove(lock, `${lock}.gone-${holder}`);
    } else if (!hasSaid) {
      say(`Waiting for another terminal that is setting up (if there is none, delete ${lock})…`);
      hasSaid = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return () => {
    tryMove(lock, mine);
    for (const folder of [mine, ...stale]) rmSync(folder, { recursive: true, force: true });
  };
}

function tryMove(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (["EEXIST", "ENOTEMPTY", "EPERM", "ENOENT"].includes(error.code)) return false;
    throw error;
  }
}

function holderOf(lock) {
  try {
    return Number(readFileSync(join(lock, "pid"), "utf8"));
  } catch {
    return undefined;
  }
}

function isRunning(pid) {
  try {
    // In a container whose first process reaps nobody, a killed process stays a zombie.
    if (process.platform === "linux" && / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"))) return false;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // ESRCH, or ENOENT from /proc, says it is gone.
    return error.code === "EPERM";
  }
}

/** npm as it was called, or the one in PATH. On Windows that one is a batch file, which only a shell can run. */
export function npmCommand(node, args) {
  const npm = process.env.npm_execpath ?? "";
  if (/^npm(-cli)?\.[cm]?js$/.test(basename(npm)) && existsSync(npm)) return [node, [npm, ...args]];
  return isWindows ? [process.env.ComSpec ?? "cmd.exe", ["/d", "/c", "npm", ...args]] : ["npm", args];
}

/** Runs a program to its end, passing signals on. @returns its exit code; 128 + the number for a signal. */
export function run(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit", ...options });
    const listeners = ["SIGINT", "SIGTERM", "SIGHUP"].map((signal) => {
      const listener = () => {
        if (!comesFromTerminal(signal)) child.kill(signal);
      };
      process.on(signal, listener);
      return [signal, listener];
    });
    const finish = (code) => {
      for (const [signal, listener] of listeners) process.off(signal, listener);
      resolve(code);
    };
    child.once("error", (error) => {
      say(`${command} could not be started: ${error.message}.`);
      finish(127);
    });
    child.once("exit", (code, signal) => finish(signal ? 128 + (constants.signals[signal] ?? 0) : code));
  });
}

/**
 * Ctrl-C and the closing of a terminal reach every process in it, the child too; passed on, they would reach
 * it twice, and a second Ctrl-C commonly means "now, without cleaning up".
 */
function comesFromTerminal(signal) {
  return signal !== "SIGTERM" && hasTerminal;
}

export function say(line) {
  process.stderr.write(`${line}\n`);
}
