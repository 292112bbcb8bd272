/** Which server is a browser: by the two tools of @playwright/mcp that show and read a page. */
import type { AllowedTool } from "../../mcp/client/server-list.ts";

export const NAVIGATE = "browser_navigate";
export const SNAPSHOT = "browser_snapshot";

/** The server whose two tools show and read pages; undefined where the settings allow none. */
export function browserOf(allowed: readonly AllowedTool[]): string | undefined {
  const has = (server: string, name: string) => allowed.some((one) => one.server === server && one.tool === name);
  return allowed.find(({ server }) => has(server, NAVIGATE) && has(server, SNAPSHOT))?.server;
}
