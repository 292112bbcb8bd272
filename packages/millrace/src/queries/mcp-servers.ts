/** The MCP servers whose tools agents use: which are down, since when and why, and whose tools are not as they were first seen. */
import { z } from "zod";
import { readServers } from "../mcp/client/server-state.ts";
import { operation } from "../operations/operation.ts";
import { mcpServerView } from "./views.ts";

export const mcpServers = operation({
  input: z.object({}),
  answer: z.object({ servers: z.array(mcpServerView) }),
  run: async ({ db }) => ({
    servers: (await readServers(db)).map((server) => ({ ...server, changed: [...server.changed] })),
  }),
});
