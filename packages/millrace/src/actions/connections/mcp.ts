/** Is a server of tools there? It is started, asked which tools it has, and ended; no tool is used. */
import { durationMs } from "../../base/clock.ts";
import { packageVersion } from "../../base/package.ts";
import type { McpRules } from "../../mcp/client/mcp-settings.ts";
import type { KnownServer } from "../../mcp/client/server-list.ts";
import { type Probe, well } from "./probe.ts";

/** Nothing of the web is opened while it is asked. */
const MAX_BYTES = 1_000_000;

export function mcpProbe(server: KnownServer, rules: McpRules): Probe {
  return async () => {
    const { McpConnection } = await import("../../mcp/client/connection.ts");
    const connection = new McpConnection({
      server,
      version: await packageVersion(),
      startTimeoutMs: durationMs(rules.startTimeout),
      startProxy: async () => {
        const [{ addressGuard }, { startFilteringProxy }] = await Promise.all([
          import("../../web/address-guard.ts"),
          import("../../web/filtering-proxy.ts"),
        ]);
        return startFilteringProxy({ guard: addressGuard({}), maxBytes: MAX_BYTES });
      },
    });
    try {
      const tools = [...(await connection.tools()).keys()];
      const few = tools.slice(0, 5).join(", ");
      return well(`${server.name} answers, and has ${tools.length} tools${few === "" ? "" : `: ${few}`}.`);
    } finally {
      await connection.close();
    }
  };
}
