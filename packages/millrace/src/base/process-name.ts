/**
 * A process by a name from which another one of the same machine can tell for certain that it is no more, e.g.
 * "host:4711:3fa9c1d2:81u2k:5e0d9c11": host, process id, which kernel and process namespace, when it began, a word of its own.
 * What holds work under such a name need not be waited for when it was killed.
 */
import { createHash, randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Eight digits of this kernel's boot and this process's namespace; undefined where there is no /proc. */
const PLACE = placeOf();

/** A name no other process has, nor another part of this one. */
export function processName(): string {
  const start = PLACE === undefined ? undefined : startOf(process.pid)?.ticks;
  return [hostname(), process.pid, PLACE ?? "-", start ?? "-", randomUUID().slice(0, 8)].join(":");
}

/**
 * @returns true only when it is certain: the process was here, and is not any more, or its number is another's. False for one that lives or
 *   is frozen, for another machine or container, for a name of another form, and where there is no /proc.
 */
export function isCertainlyGone(name: string): boolean {
  const [, pid, place, start] = /:(\d+):([0-9a-f]{8}):([0-9a-z]+):[0-9a-f]{8}$/.exec(name) ?? [];
  if (pid === undefined || place !== PLACE) return false;
  if (!isThere(Number(pid))) return true;
  const now = startOf(Number(pid));
  return now !== undefined && (now.ticks !== start || now.isZombie);
}

/** A signal that is none: /proc may hide the processes of other users, and those are there. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

interface Start {
  /** Of the kernel's clock since it booted, in base 36. */
  readonly ticks: string;
  /** Has ended, and no one has asked for its exit code yet. */
  readonly isZombie: boolean;
}

function startOf(pid: number): Start | undefined {
  try {
    // "4711 (a name) S …": the name may hold anything, brackets too. See proc(5), /proc/pid/stat.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { ticks: Number(fields[19]).toString(36), isZombie: fields[0] === "Z" };
  } catch {
    return undefined;
  }
}

function placeOf(): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
    return createHash("sha256")
      .update(`${boot} ${readlinkSync("/proc/self/ns/pid")}`)
      .digest("hex")
      .slice(0, 8);
  } catch {
    return undefined;
  }
}
