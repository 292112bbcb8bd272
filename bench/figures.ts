/** Figures as people read them. */
import { type Cost, median, type Quantiles } from "./measure.ts";

/** 5123.4 → "5,123". */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** 0.42 → "42 %". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

/** 10_000 → "10k", 1_000_000 → "1M". */
export function short(value: number): string {
  if (value >= 1_000_000) return `${value / 1_000_000}M`;
  return value >= 1_000 ? `${value / 1_000}k` : String(value);
}

/** The median of rounds, and in brackets each of them. */
export function medianAndAll(values: readonly number[]): string {
  return values.length === 1 ? whole(median(values)) : `${whole(median(values))}  (${values.map(whole).join(", ")})`;
}

export function quantilesInMs({ p50, p95, p99, max }: Quantiles): string {
  return [p50, p95, p99, max].map((ms) => ms.toFixed(1)).join(" / ");
}

/** CPU seconds for 1,000, node's and PostgreSQL's. */
export function costInWords({ cpuSPer1000, nodeCpuSPer1000, postgresCpuSPer1000 }: Cost): string {
  const digits = cpuSPer1000 < 0.1 ? 3 : 2;
  return `${cpuSPer1000.toFixed(digits)}  (${nodeCpuSPer1000.toFixed(digits)} + ${postgresCpuSPer1000.toFixed(digits)})`;
}
