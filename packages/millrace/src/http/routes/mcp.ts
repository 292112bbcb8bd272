/** The engine as an MCP server over streamable HTTP: each request stands for itself, so a restart ends no session. */
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { ADMIN } from "../../access/roles.ts";
import { lacking } from "../../access/scopes.ts";
import { operations } from "../../actions/operations.ts";
import { packageVersion } from "../../base/package.ts";
import type { Desk } from "../../mcp/server/desk.ts";
import { ask } from "../../operations/surface.ts";
import { actorOfCaller } from "../access.ts";
import { checkedJson } from "../body.ts";
import { Problem, problemOf } from "../problem.ts";
import { type Answer, type Call, type HttpContext, route } from "../route.ts";

const LIMIT = 256 * 1024;

const message = z.looseObject({ jsonrpc: z.literal("2.0") });
const messages = z.union([message, z.array(message)]);

export const mcpRoutes = [
  route({
    method: "POST",
    path: "/mcp",
    access: "operator",
    scope: "read",
    // Its tools ask for scopes alone: only who may do everything may come in as a person.
    roles: ADMIN,
    tag: "mcp",
    about:
      "The engine as an MCP server (streamable HTTP, without sessions): tools, resources and prompts for what the key may do.",
    admit: checkOrigin,
    body: { types: ["application/json"], limit: LIMIT, schema: messages, read: "raw" },
    answers: {
      200: { about: "JSON-RPC: the answers.", schema: messages },
      202: { about: "Taken; nothing was asked." },
      406: { about: "The client must accept application/json and text/event-stream.", schema: messages },
    },
    handle: answer,
  }),
];

/** A page of another site must not reach this one by a name it has pointed here. Programs send no origin. */
function checkOrigin({ publicUrl }: HttpContext, { origin, host }: IncomingHttpHeaders): void {
  if (origin === undefined) return;
  if ([new URL(publicUrl()).origin, `http://${host}`].includes(origin)) return;
  throw new Problem("forbidden", {
    saw: "This was asked for by a page of another site. Nothing was done.",
    next: "call it from a program, or from a page of this engine's own address.",
    field: "origin",
  });
}

async function answer(call: Call<unknown, unknown, unknown>): Promise<Answer> {
  const { loadSdk, mcpServer } = await import("../../mcp/server/server.ts");
  const { WebStandardStreamableHTTPServerTransport } = await loadSdk();
  const server = await mcpServer(await deskOf(call));
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    const response = await transport.handleRequest(requestOf(call));
    const type = response.headers.get("content-type");
    return { status: response.status, text: await response.text(), ...(type === null ? {} : { type }) };
  } finally {
    await server.close();
  }
}

function requestOf({ raw, headers }: Call<unknown, unknown, unknown>): Request {
  const texts = Object.entries(headers).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : []));
  return new Request("http://localhost/mcp", {
    method: "POST",
    headers: texts as [string, string][],
    body: new Uint8Array(raw),
  });
}

async function deskOf({ caller, engine, http }: Call<unknown, unknown, unknown>): Promise<Desk> {
  const by = actorOfCaller(caller);
  return {
    rights: caller.rights,
    lacking: (need) => lacking(need, caller.person),
    version: await packageVersion(),
    ask: (name, input) => ask(operations[name], (actor) => engine.contextFor(actor), checkedJson(input), by),
    shown: (error) => {
      const { problem, isUnforeseen } = problemOf(error);
      if (isUnforeseen) http.report(error, "POST /mcp");
      const { code, saw, expected, next, field } = problem.toJSON();
      return { code, saw, expected, next, field };
    },
  };
}
