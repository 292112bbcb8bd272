/** Asks one thing outside whether it is there and takes our credentials. Nothing is written, sent or used there. */
import { performance } from "node:perf_hooks";
import { z } from "zod";
import { didYouMean, MillraceError } from "../base/errors.ts";
import { mcpSettings } from "../mcp/client/mcp-settings.ts";
import { serverList } from "../mcp/client/server-list.ts";
import { modelSettings } from "../models/model-settings.ts";
import type { DatabaseContext } from "../operations/context.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { hubspotProbe } from "./connections/hubspot.ts";
import { mailProbe } from "./connections/mail.ts";
import { mcpProbe } from "./connections/mcp.ts";
import { modelProbe } from "./connections/model.ts";
import { type Probe, probeWithin } from "./connections/probe.ts";

const TIMEOUT_MS = 10_000;

export const testConnection = operation({
  input: z.object({ connection: name.describe('hubspot, mail, model, or "mcp:" and the name of a server.') }),
  answer: z.object({
    connection: z.string(),
    isWell: z.boolean(),
    saw: z.string().describe("What was answered, or what went wrong."),
    next: z.string().describe("What to do about it."),
    ms: z.number().describe("How long it took, in milliseconds."),
  }),
  run: async (context, { connection }) => {
    const probe = probeOf(context, connection);
    const begun = performance.now();
    const result = await probeWithin(probe, TIMEOUT_MS);
    return { connection, ...result, ms: Math.round(performance.now() - begun) };
  },
});

/** @throws MillraceError not_found for what is not set. */
function probeOf({ config, clock }: DatabaseContext, connection: string): Probe {
  const { hubspot, mail, models } = config;
  if (connection === "hubspot" && hubspot !== undefined && hubspot !== false) return hubspotProbe(hubspot, clock);
  if (connection === "mail" && mail?.smtpUrl !== undefined) return mailProbe(mail.smtpUrl);
  if (connection === "model" && models !== undefined) return modelProbe(modelSettings.parse(models));
  const rules = mcpSettings.parse(config.mcp ?? {});
  const { servers } = serverList(rules);
  const server = servers.get(connection.replace(/^mcp:/, ""));
  if (connection.startsWith("mcp:") && server !== undefined) return mcpProbe(server, rules);
  const known = ["hubspot", "mail", "model", ...[...servers.keys()].map((one) => `mcp:${one}`)];
  throw new MillraceError("not_found", {
    saw: known.includes(connection)
      ? `"${connection}" is not set in the settings. Nothing was asked.`
      : `There is no connection "${connection}".${didYouMean(connection, known)} Nothing was asked.`,
    next: "see which are set: `millrace connections list`.",
    field: "connection",
  });
}
