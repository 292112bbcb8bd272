/** Is a server of tools there? It is started, asked which tools it has, and ended; no tool is used. */
import { durationMs } from "../../base/clock.ts";
import { packageVersion } from "../../base/package.ts";
import { McpFailure } from "../../mcp/client/failure.ts";
import type { McpRules } from "../../mcp/client/mcp-settings.ts";
import type { KnownServer } from "../../mcp/client/server-list.ts";
import { notWell, type Probe, type ProbeResult, well } from "./probe.ts";
import { type Asked, tooLate } from "./unreachable.ts";

/** Nothing of the web is opened while it is asked. */
const MAX_BYTES = 1_000_000;
const NAMED = 5;

export function mcpProbe(server: KnownServer, rules: McpRules): Probe {
  const { name, rules: own } = server;
  const asked = {
    name: `The server "${name}"`,
    host: own.url === undefined ? undefined : new URL(own.url).host,
    setting: `mcp.servers.${name}`,
  };
  const startTimeoutMs = durationMs(rules.startTimeout);
  return {
    asked,
    ask: async () => {
      const { McpConnection } = await import("../../mcp/client/connection.ts");
      const connection = new McpConnection({ server, version: await packageVersion(), startTimeoutMs, startProxy });
      try {
        const tools = [...(await connection.tools()).keys()];
        const few = tools.slice(0, NAMED).join(", ");
        return well(
          `${name} answers, and has ${tools.length === 1 ? "one tool" : `${tools.length} tools`}${few === "" ? "" : `: ${few}`}.`,
        );
      } catch (error) {
        const known = error instanceof McpFailure ? judged(error, asked, own.command, startTimeoutMs) : undefined;
        if (known === undefined) throw error;
        return known;
      } finally {
        await connection.close();
      }
    },
  };
}

/** @returns undefined where the failure is one of the way there. */
function judged(
  failure: McpFailure,
  asked: Asked,
  command: string | undefined,
  startTimeoutMs: number,
): ProbeResult | undefined {
  const { name, setting } = asked;
  if (failure.outcome === "unauthorised")
    return notWell(`${name} does not let us in.`, `set another token, or what it asks for by OAuth (${setting}).`);
  if (failure.outcome === "hung") return tooLate(asked, startTimeoutMs);
  if (failure.outcome === "not_started" && command !== undefined && /\bENOENT\b/.test(failure.message))
    return notWell(
      `${name} does not start: there is no program "${command}" here.`,
      `install it, or correct ${setting}.command.`,
    );
  if (failure.outcome === "died" && command !== undefined)
    return notWell(failure.message, `see what it says of itself, and ${setting}.`);
  return undefined;
}

async function startProxy() {
  const [{ addressGuard }, { startFilteringProxy }] = await Promise.all([
    import("../../web/address-guard.ts"),
    import("../../web/filtering-proxy.ts"),
  ]);
  return startFilteringProxy({ guard: addressGuard({}), maxBytes: MAX_BYTES });
}
