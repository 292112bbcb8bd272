/** CPU and memory of engine processes and of the PostgreSQL they use, read from /proc, and quantiles. */
import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks per second, as Linux reports process times. */
const TICKS = 100;

/** CPU seconds for 1,000 of whatever was measured. */
export interface Cost {
  readonly cpuSPer1000: number;
  readonly nodeCpuSPer1000: number;
  readonly postgresCpuSPer1000: number;
}

/** What a stretch of work took. */
export interface Spent {
  readonly seconds: number;
  readonly nodeCpuS: number;
  readonly postgresCpuS: number;
}

/**
 * Begins to count.
 * @param postmaster the pid of the server's first process.
 * @param processes pids whose time counts as node's. Default: this one.
 * @returns what was spent since; may be asked more than once.
 */
export function startMeter(postmaster: number, processes: readonly number[] = [process.pid]): () => Spent {
  const node = () => processes.reduce((sum, pid) => sum + cpuOf(pid, false), 0);
  const [nodeBefore, postgresBefore, start] = [node(), postgresCpuS(postmaster), performance.now()];
  return () => ({
    seconds: (performance.now() - start) / 1_000,
    nodeCpuS: node() - nodeBefore,
    postgresCpuS: postgresCpuS(postmaster) - postgresBefore,
  });
}

export function costOf({ nodeCpuS, postgresCpuS }: Spent, count: number): Cost {
  const [node, postgres] = [(nodeCpuS / count) * 1_000, (postgresCpuS / count) * 1_000];
  return { cpuSPer1000: node + postgres, nodeCpuSPer1000: node, postgresCpuSPer1000: postgres };
}

/** CPU seconds of a PostgreSQL so far, ended connections included. */
export function postgresCpuS(postmaster: number): number {
  return [postmaster, ...childrenOf(postmaster)].reduce((sum, pid) => sum + cpuOf(pid, pid === postmaster), 0);
}

/** What a PostgreSQL holds in memory, in MB: proportional shares, so that shared memory counts once. */
export function postgresPssMb(postmaster: number): number {
  return [postmaster, ...childrenOf(postmaster)].reduce((sum, pid) => sum + kilobytes(pid, "smaps_rollup", "Pss"), 0);
}

/** Highest resident memory of a process so far, in MB. */
export function peakRssMb(pid: number = process.pid): number {
  return kilobytes(pid, "status", "VmHWM");
}

function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((child) => Number.isInteger(child) && statOf(child)?.[1] === String(pid));
}

/** Fields of /proc/PID/stat after the name: state, ppid, …, utime (11), stime (12), cutime (13), cstime (14). */
function statOf(pid: number): string[] | undefined {
  const stat = readProc(pid, "stat");
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function cpuOf(pid: number, withEnded: boolean): number {
  const stat = statOf(pid);
  if (stat === undefined) return 0;
  const fields = withEnded ? [11, 12, 13, 14] : [11, 12];
  return fields.reduce((sum, field) => sum + Number(stat[field]), 0) / TICKS;
}

function kilobytes(pid: number, file: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(readProc(pid, file) ?? "");
  return Number(found?.[1] ?? 0) / 1_024;
}

/** undefined for a process that has ended meanwhile. */
function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined;
  }
}

/** The q-quantile (0 to 1) of numbers, by the nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** Of an even count, between the two in the middle: two rounds are not judged by the better one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2;
}

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function quantilesOf(values: readonly number[]): Quantiles {
  return {
    p50: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    p99: quantile(values, 0.99),
    max: Math.max(...values),
  };
}
