/** `millrace health`: read from the database, so that it answers when the engine does not. */
import { monitorRules } from "../../monitor/monitor-settings.ts";
import { readHealth } from "../../read/health.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { openProject } from "../project.ts";
import { list, moment, table } from "../text.ts";

export async function run(call: Call): Promise<ExitCode | undefined> {
  const { terminal } = call;
  const loaded = await openProject(call, false);
  const { monitor } = loaded.config;
  const everyMs = monitor === false ? undefined : monitorRules(monitor).everyMs;
  const health = await withDatabase(loaded, (db) => readHealth(db, everyMs));
  const exitCode = health.status === "ill" ? EXIT.failure : EXIT.ok;
  if (terminal.isJson) {
    terminal.document(health);
    return exitCode;
  }
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
  const words = { well: "Everything is well", ill: "Not well", unknown: "Nobody knows" }[health.status];
  const reasons = health.reasons.length === 0 ? "." : `: ${health.reasons.join("; ")}.`;
  terminal.say(`${words}${reasons}`);
  return exitCode;
}
