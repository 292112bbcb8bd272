/** `millrace worker`: a process that only does queued tasks; engines and other workers share the same server. */

import { MillraceError } from "../../errors.ts";
import { createLogger } from "../../log.ts";
import { openEngine } from "../../open-engine.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";
import { untilAsked } from "../signals.ts";
import { startTelemetry } from "../telemetry.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const asked = untilAsked();
  const { config, inForce } = await openProject(call);
  if (config.databaseUrl === undefined) {
    throw new MillraceError("invalid_config", {
      saw: "A worker of its own needs a PostgreSQL server that the engine uses too; the embedded database has one engine.",
      next: "set DATABASE_URL, or let `millrace start` do the tasks, as it does by itself.",
      field: "databaseUrl",
    });
  }
  const logger = await createLogger(inForce.log);
  const endTelemetry = await startTelemetry((text) => logger.warn({}, text));
  // The simulator belongs to the engine's process, which then does its own writing there.
  const hubspot = config.hubspot && config.hubspot.accessToken !== undefined ? config.hubspot : false;
  const engine = await openEngine({ ...config, hubspot }, { roles: ["worker"], logger });
  // Pure agents run where events are decided, not here.
  const kinds = engine.handlers.filter((handler) => !handler.isPure).flatMap((handler) => handler.kinds);
  if (terminal.isJson) terminal.document({ pid: process.pid, kinds });
  else terminal.data(`Working on ${kinds.join(", ")}. Ctrl-C stops.`);
  const signal = await asked;
  terminal.say(`${signal}: finishing what is under way…`);
  await engine.stop();
  await endTelemetry();
  terminal.say("Stopped.");
}
