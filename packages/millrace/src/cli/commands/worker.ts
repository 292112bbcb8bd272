/** `millrace worker`: a process that only does queued tasks; engines and other workers share the same server. */
import { MillraceError } from "../../base/errors.ts";
import { openEngine } from "../../engine/open-engine.ts";
import { createLogger } from "../../logging/logger.ts";
import type { Call } from "../command.ts";
import { openProject } from "../project.ts";
import { endInTime, untilAsked } from "../signals.ts";
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
  const stop = async () => {
    await engine.stop();
    await endTelemetry();
  };
  await endInTime(stop, inForce.engine.drainMs, (text) => terminal.say(text));
  terminal.say("Stopped.");
}
