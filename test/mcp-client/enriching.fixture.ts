/** An engine whose enricher has a model (the simulator), a browser (@playwright/mcp with a real Chromium) and a search server. */
import { join } from "node:path";
import { type ModelSimulator, type Script, startModelSimulator } from "@millrace/model-simulator";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { PLAYWRIGHT_MCP } from "../../tools/mcp.ts";
import { browserPath } from "../browser/browser.fixture.ts";
import { formSubmitted, type TestEngine, testEngine } from "../factories/engine.ts";

export interface Enriching extends AsyncDisposable {
  readonly test: TestEngine;
  readonly simulator: ModelSimulator;
}

export interface EnrichingOptions {
  /** Host of the site, which is on this machine. */
  readonly host?: string;
  readonly script: Script;
  readonly browser?: boolean;
  /** How the search server behaves; left out: there is none. */
  readonly people?: string;
  readonly config?: MillraceConfig;
  readonly delayMs?: number;
}

export async function enriching(options: EnrichingOptions): Promise<Enriching> {
  const { host, script, browser = true, people, config = {}, delayMs } = options;
  const simulator = await startModelSimulator({ script, ...(delayMs !== undefined && { delayMs }) });
  const { models, mcp, enrichment, ...more } = config;
  const starting = testEngine({
    ...more,
    enrichment: { ...(host !== undefined && { allowedHosts: [host] }), ...enrichment },
    models: { apiKey: "some-key", baseUrl: `${simulator.url}/v1`, ...models },
    mcp: {
      file: join(import.meta.dirname, "no.mcp.json"),
      ...mcp,
      servers: {
        ...(browser && { browser: await browserServer() }),
        ...(people !== undefined && {
          people: { command: process.execPath, args: [join(import.meta.dirname, "people-server.ts"), people] },
        }),
        ...mcp?.servers,
      },
      tools: {
        data_enricher: [
          ...(browser ? ["browser/browser_navigate", "browser/browser_snapshot"] : []),
          ...(people !== undefined ? ["people/find_person"] : []),
        ],
        ...mcp?.tools,
      },
    },
  });
  const test = await starting.catch(async (error: unknown) => {
    await simulator.close();
    throw error;
  });
  return {
    test,
    simulator,
    async [Symbol.asyncDispose]() {
      await test[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

/** Unpacked once: it changes the temporary folder of this process. */
let unpacked: Promise<string> | undefined;

async function browserServer() {
  unpacked ??= browserPath();
  return {
    command: process.execPath,
    args: [PLAYWRIGHT_MCP],
    web: true,
    env: {
      PLAYWRIGHT_MCP_EXECUTABLE_PATH: await unpacked,
      // Chromium refuses its own sandbox to root.
      ...(process.getuid?.() === 0 && { PLAYWRIGHT_MCP_SANDBOX: "false" }),
    },
  };
}

export async function submitLead(test: TestEngine, fields: Record<string, string> = {}, id = "1"): Promise<void> {
  const lead = { email: "ada.lovelace@fjordcloud.com", firstname: "Ada", lastname: "Lovelace", ...fields };
  await test.engine.append([formSubmitted(lead, "demo", id)]);
  await test.engine.idle();
}

/** Which turn of the conversation is asked for, from 0. */
export function turnOf(request: Parameters<Script>[0]): number {
  return request.messages.filter(({ role }) => role === "assistant").length;
}

/** A value with what it rests on. */
export function value(property: string, text: string, url: string, words = text, confidence = 0.9) {
  return { property, value: text, url, words, confidence };
}
