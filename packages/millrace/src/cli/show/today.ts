/** `millrace today`. */
import type { Shown } from "../shows.ts";
import { moment, table } from "../text.ts";

type Times = { readonly p50: number; readonly p95: number; readonly count: number } | null;

export function show({ terminal, result }: Shown<"today">): void {
  const { formToAction, queue, attention } = result;
  for (const { level, words } of attention) terminal.data(`${level}: ${words}`);
  if (attention.length === 0) terminal.data("Nothing needs attention.");
  terminal.data(`From form to action: last hour ${inWords(formToAction.hour)}; last day ${inWords(formToAction.day)}`);
  const rows = formToAction.breaches.map((one) => [
    moment(one.submittedAt),
    one.who?.name ?? one.who?.email ?? one.contact ?? "",
    seconds(one.tookMs),
    one.isWaiting ? "still waits" : "",
    one.kind ?? "",
    one.queuedMs === null ? "" : seconds(one.queuedMs),
    one.error ?? "",
  ]);
  if (rows.length > 0) terminal.data(table(["FORM (UTC)", "WHO", "TOOK", "", "WAITED FOR", "IN LINE", "ERROR"], rows));
  terminal.say(
    `For people: ${queue.open} open, ${queue.mine} mine, ${queue.overdue} overdue. Next: millrace tasks queue`,
  );
}

function inWords(times: Times): string {
  if (times === null) return "nothing came";
  return `p50 ${seconds(times.p50)}, p95 ${seconds(times.p95)} of ${times.count}`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
