/** A search server as users may have one: people by name, over standard input and output. The first argument says how it behaves. */
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";

const [, , mode = "good"] = process.argv;
if (mode === "dead") process.exit(1);
const server = new Server({ name: "people", version: "1" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, () => ({
  tools: [
    {
      name: "find_person",
      description: "Finds people by name and company.",
      inputSchema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
      annotations: { readOnlyHint: true },
    },
  ],
}));
server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
  const text = `${params.arguments?.name}, Head of Operations at Fjord Cloud. https://people.example/ada-lovelace`;
  return { content: [{ type: "text", text }] };
});
await server.connect(new StdioServerTransport());
