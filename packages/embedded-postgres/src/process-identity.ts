/**
 * Tells one process from another that got the same pid later: pids are reused, above all after a reboot
 * and in containers, where they start from 1. Used by the data folder's lock and the PostgreSQL supervisor.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";

/** A process as written into a file, to be recognized by another process later. */
export interface ProcessMark {
  readonly pid: number;
  /** When the process started, in the words of this platform; only compared, never read. */
  readonly startedAt: string;
  readonly bootId: string;
  /** Linux: which pid namespace `pid` is meant in; containers on one kernel differ here. */
  readonly pidNamespace: string;
}

export function markOf(pid: number): ProcessMark {
  return { pid, startedAt: startedAt(pid) ?? "", bootId: bootId(), pidNamespace: pidNamespace() };
}

/** Whether the process that left this mark still runs. Ask only about marks of this boot and pid namespace. */
export function stillRuns(mark: ProcessMark): boolean {
  return startedAt(mark.pid) === mark.startedAt;
}

/** Whether the mark's pid means something here: same boot, same pid namespace. */
export function isFromHere(mark: ProcessMark): boolean {
  return mark.bootId === bootId() && mark.pidNamespace === pidNamespace();
}

/**
 * Whether a process with this pid runs. A zombie counts as gone: in a container whose pid 1 does not
 * reap, a killed orphan stays a zombie for ever, and `kill(pid, 0)` still succeeds for it.
 */
export function isRunning(pid: number): boolean {
  if (process.platform === "linux") return startedAt(pid) !== undefined;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The command line of a process, its words separated by blanks; "" when it is gone or may not be read. */
export function commandLine(pid: number): string {
  if (process.platform === "linux") return readOr(`/proc/${pid}/cmdline`, "").replaceAll("\0", " ");
  if (process.platform === "win32") return "";
  return runOr("ps", ["-o", "command=", "-p", String(pid)], "");
}

/** When the process started, or undefined when it is gone or a zombie. */
function startedAt(pid: number): string | undefined {
  if (process.platform === "linux") {
    // Fields after the command name, which stands in parentheses and may contain anything: state is 1st, start 20th.
    const fields = /^.*\) (.*)$/s.exec(readOr(`/proc/${pid}/stat`, ""))?.[1]?.split(" ");
    return fields === undefined || fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  }
  if (process.platform === "win32") return isRunning(pid) ? "running" : undefined;
  const [state, ...start] = runOr("ps", ["-o", "stat=,lstart=", "-p", String(pid)], "")
    .trim()
    .split(/\s+/);
  return !state || state.startsWith("Z") ? undefined : start.join(" ");
}

let knownBootId: string | undefined;

function bootId(): string {
  knownBootId ??=
    process.platform === "darwin"
      ? runOr("sysctl", ["-n", "kern.bootsessionuuid"], "unknown").trim()
      : readOr("/proc/sys/kernel/random/boot_id", "unknown").trim();
  return knownBootId;
}

function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return otherwise;
  }
}

function runOr(command: string, args: string[], otherwise: string): string {
  try {
    return execFileSync(command, args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  } catch {
    return otherwise;
  }
}
