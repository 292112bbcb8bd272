/** CPU and memory of this process and of the PostgreSQL below a data folder, read from /proc. */
import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks per second, as Linux reports process times. */
const TICKS = 100;

export interface Usage {
  readonly nodeCpuS: number;
  readonly postgresCpuS: number;
  readonly nodeRssMb: number;
  /** Proportional share: shared memory counted once. */
  readonly postgresPssMb: number;
}

/** @param postmaster the pid of the server's first process, or undefined when it runs elsewhere. */
export function usage(postmaster: number | undefined): Usage {
  const cpu = process.cpuUsage();
  const pids = postmaster === undefined ? [] : [postmaster, ...childrenOf(postmaster)];
  return {
    nodeCpuS: (cpu.user + cpu.system) / 1e6,
    postgresCpuS: pids.reduce((sum, pid) => sum + cpuOf(pid, pid === postmaster), 0),
    nodeRssMb: process.memoryUsage.rss() / 1048576,
    postgresPssMb: pids.reduce((sum, pid) => sum + pssOf(pid), 0),
  };
}

/** Highest resident memory of this process so far. */
export function peakRssMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}

function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((child) => Number.isInteger(child) && statOf(child)?.[1] === String(pid));
}

/** Fields of /proc/PID/stat after the name: state, ppid, …, utime (11), stime (12), cutime (13), cstime (14). */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function cpuOf(pid: number, withEnded: boolean): number {
  const stat = statOf(pid);
  if (stat === undefined) return 0;
  const fields = withEnded ? [11, 12, 13, 14] : [11, 12];
  return fields.reduce((sum, field) => sum + Number(stat[field]), 0) / TICKS;
}

function pssOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The q-quantile (0 to 1) of numbers, by the nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
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
