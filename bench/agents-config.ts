/** An engine with a model for every agent and an MCP server that searches, as a child of the benchmark configures it. */
import { join } from "node:path";
import type { MillraceConfig } from "../packages/millrace/src/config/config.ts";

/** @param modelUrl address of a model's simulator. */
export function agentsConfig(config: MillraceConfig, modelUrl: string): MillraceConfig {
  const people = join(import.meta.dirname, "..", "test", "mcp-client", "people-server.ts");
  return {
    ...config,
    enrichment: { concurrency: 50 },
    models: {
      apiKey: "some-key",
      baseUrl: `${modelUrl}/v1`,
      agents: ["data_enricher", "lead_qualifier", "outreach_agent", "reply_classifier", "summariser"],
      caps: { perTaskUsd: 1_000, perContactUsd: 10_000, perDayUsd: 100_000 },
    },
    mcp: {
      file: "no.mcp.json",
      servers: { people: { command: process.execPath, args: [people] } },
      tools: { data_enricher: ["people/find_person"] },
    },
  };
}
