/** What the engine talks to: whether each is set, and the last error met with it. Nothing is asked outside. */
import { z } from "zod";
import { mcpSettings } from "../mcp/client/mcp-settings.ts";
import { serverList } from "../mcp/client/server-list.ts";
import { readServers } from "../mcp/client/server-state.ts";
import { operation } from "../operations/operation.ts";
import { lastModelError, lastTaskError } from "./rows/connections.ts";

const connection = z.object({
  name: z.string().describe('hubspot, mail, model, or "mcp:" and the name of a server.'),
  isSet: z.boolean(),
  where: z.string().nullable().describe("Its host; null where it is not known or not set."),
  lastError: z.string().nullable(),
  lastErrorAt: z.number().nullable().describe("Milliseconds since 1970."),
});

export const connections = operation({
  input: z.object({}),
  answer: z.object({ connections: z.array(connection) }),
  run: async ({ db, config }) => {
    const { hubspot, mail, models } = config;
    const rules = mcpSettings.parse(config.mcp ?? {});
    const [crm, mails, model, servers] = await Promise.all([
      lastTaskError(db, "sync_crm"),
      lastTaskError(db, "send_email"),
      lastModelError(db),
      readServers(db),
    ]);
    const isHubspot = hubspot !== undefined && hubspot !== false;
    return {
      connections: [
        { name: "hubspot", isSet: isHubspot, where: isHubspot ? hostOf(hubspot.baseUrl) : null, ...crm },
        { name: "mail", isSet: mail?.smtpUrl !== undefined, where: hostOf(mail?.smtpUrl), ...mails },
        { name: "model", isSet: models !== undefined, where: hostOf(models?.baseUrl), ...model },
        ...[...serverList(rules).servers.values()].map((server) => {
          const state = servers.find((one) => one.name === server.name);
          return {
            name: `mcp:${server.name}`,
            isSet: true,
            where: hostOf(server.rules.url),
            lastError: state?.error ?? null,
            lastErrorAt: state?.since ?? null,
          };
        }),
      ],
    };
  },
});

/** Without its name and password. */
function hostOf(url: string | undefined): string | null {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : null;
}
