/** `millrace health`: read from the database, so that it answers when the engine does not. */
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Shown } from "../shows.ts";
import { list, moment, table } from "../text.ts";

export function show({ terminal, result: health }: Shown<"health">): void {
  const { components, alerts, metrics } = health;
  if (components.length > 0) {
    const rows = components.map(({ component, ok, since, detail }) => [
      component,
      ok ? "well" : "ILL",
      moment(since),
      detail ?? "",
    ]);
    terminal.data(table(["COMPONENT", "STATE", "SINCE (UTC)", "WHY"], rows));
  }
  if (alerts.length > 0) {
    const rows = alerts.map(({ alert, subject, since }) => [alert, subject, moment(since)]);
    terminal.data(`\n${table(["ALERT", "ABOUT", "SINCE (UTC)"], rows)}`);
  }
  if (Object.keys(metrics).length > 0) {
    terminal.data(`\n${list(Object.entries(metrics).map(([name, value]) => [name, String(value)] as const))}`);
  }
  const words = { well: "Everything is well", ill: "Not well", unknown: "It is not known" }[health.status];
  const reasons = health.reasons.length === 0 ? "." : `: ${health.reasons.join("; ")}.`;
  terminal.say(`${words}${reasons}`);
}

/** A script that asks wants to know. */
export function exitCode({ result }: Shown<"health">): ExitCode {
  return result.status === "ill" ? EXIT.failure : EXIT.ok;
}
