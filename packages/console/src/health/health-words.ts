/** Numbers of the monitor in plain words. Pure. */
import type { Health } from "../api/types.ts";
import { capital, humanly } from "../words/names.ts";
import { spanWords } from "../words/time.ts";

/** What an active alert measured, beside its limit. */
export function activeAlertWords({ subject, data }: Health["alerts"][number]): string {
  const { value, threshold, ready, failureRate, rate, runs } = data;
  const share = failureRate ?? rate;
  const name = humanly(subject);
  if (typeof share === "number")
    return `${name}: ${Math.round(share * 1000) / 10} % failed${runs === undefined ? "" : ` of ${runs}`}`;
  const number = value ?? ready;
  return number === undefined ? name : `${name}: ${rounded(Number(number))}, limit ${threshold}`;
}

/** What the monitor measures, by its names. */
const METRICS: Readonly<Record<string, string>> = {
  ready: "Agents’ tasks that are due",
  held: "Due, but their agent is stopped",
  oldestDueMs: "Longest overdue",
  stuckLeases: "Tasks whose worker fell silent",
  finished: "Tasks done lately",
  latencyP95Ms: "Due to done, 95 of 100",
  deadLetters: "Events set aside",
  unknownEmails: "E-mails not known to have left",
  connections: "Connections to the database",
  maxConnections: "It takes at most",
  oldestTransactionMs: "Its oldest transaction",
  eventLagMs: "Oldest event to decide",
  memoryMb: "Memory of this process",
  diskFreeMb: "Free disk",
  runs: "Agents’ runs lately",
  failedRuns: "Failed of these",
};

export function metricName(name: string): string {
  return METRICS[name] ?? capital(humanly(name.replace(/(Ms|Mb)$/, "")));
}

/** A measurement by the unit its name ends in. */
export function metricWords(name: string, value: number): string {
  if (/(ms|_ms|Ms)$/.test(name)) return spanWords(value);
  if (/(seconds|_s)$/.test(name)) return spanWords(value * 1_000);
  if (/(mb|_mb|Mb)$/.test(name)) return `${Math.round(value)} MB`;
  if (/(rate|share|ratio)$/i.test(name)) return `${rounded(value * 100)} %`;
  return rounded(value).toLocaleString("en");
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
