/** A person has looked at tools that changed, and lets agents use them as they are now. */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import { appendFacts } from "../events/facts.ts";
import { acceptTools } from "../mcp/client/server-state.ts";
import { commit } from "../operations/commit.ts";
import { name } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";

export const acceptMcpTools = operation({
  input: z.object({ server: name }),
  answer: z.object({ ok: z.literal(true), server: z.string(), tools: z.array(z.string()) }),
  run: async (context, { server }) => {
    const { by, clock } = context;
    const tools = await commit(context, async (tx) => {
      const changed = await acceptTools(tx, server);
      if (changed.length === 0) throw nothingChanged(server);
      await appendFacts(
        tx,
        [{ type: "mcp_tools_accepted", data: { server, tools: [...changed] } }],
        by.id,
        clock.now(),
      );
      return changed;
    });
    return { ok: true as const, server, tools: [...tools] };
  },
});

function nothingChanged(server: string): MillraceError {
  return new MillraceError("not_found", {
    saw: `No tool of a server "${server}" has changed.`,
    next: "see the servers: `millrace agents servers`.",
    field: "server",
  });
}
