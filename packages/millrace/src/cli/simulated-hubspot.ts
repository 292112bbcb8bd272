/**
 * A HubSpot for who has none: the simulator, on its own port in the process of `start`, its data in the data folder. The
 * engine talks to it over HTTP through the same adapter as to the real one. The only place that knows both.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isFree } from "@millrace/embedded-postgres";
import type { Simulator } from "hubspot-simulator";
import { systemClock } from "../base/clock.ts";
import { allDefinitions } from "../crm/hubspot/actions/definitions.ts";
import { hubspotApi } from "../crm/hubspot/client/client.ts";
import { checkedHubspot, type HubspotSettings } from "../crm/hubspot/client/hubspot-settings.ts";
import { mappingOf } from "../crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../crm/hubspot/outbound/setup.ts";

export interface SimulatedHubspot {
  /** Of its page, and of its API. */
  readonly url: string;
  /** The user's own, pointed at the simulator. */
  readonly settings: HubspotSettings;
  /** Resolves when the properties Millrace writes are there; the database may start meanwhile. */
  readonly ready: Promise<void>;
  /** From now on what changes there is told to the engine by signed webhook, as the real one does. */
  sendWebhooksTo(gatewayUrl: string): void;
  /** Tells other commands where it is. Called when the data folder is known to be this process's. */
  leaveAddress(): void;
  close(): Promise<void>;
}

const PORT = 4310;
const PORTS_TRIED = 20;
const ADDRESS_FILE = "hubspot-simulator.json";
/** Preparing it at the start is not paced: no one's limits are at stake. */
const NO_LIMITS = { perTenSeconds: 100_000, perDay: 100_000_000, searchPerSecond: 1_000 };

export async function simulateHubspot(dataFolder: string, own: HubspotSettings = {}): Promise<SimulatedHubspot> {
  const simulator = await startNear(join(dataFolder, "hubspot-simulator"));
  const settings = {
    ...own,
    accessToken: simulator.token,
    baseUrl: simulator.url,
    clientId: simulator.clientId,
    clientSecret: simulator.clientSecret,
  };
  const ready = setUp(settings);
  // Reported by what waits for it; until then no one else needs it.
  ready.catch(() => {});
  const { url, token, clientId, clientSecret } = simulator;
  const address = JSON.stringify({ pid: process.pid, url, token, clientId, clientSecret } satisfies RunningSimulator);
  const file = join(dataFolder, ADDRESS_FILE);
  return {
    url: simulator.url,
    settings,
    ready,
    sendWebhooksTo(gatewayUrl) {
      simulator.webhooks.delivery.settings.targetUrl = `${gatewayUrl}/webhooks/hubspot`;
      defineActions(simulator, gatewayUrl).catch(() => {});
    },
    leaveAddress() {
      mkdirSync(dataFolder, { recursive: true });
      writeFileSync(file, address, { mode: 0o600 });
    },
    async close() {
      // Only our own: another engine may have the data folder, and that is why this one ends.
      if (runningSimulator(dataFolder)?.pid === process.pid) rmSync(file, { force: true });
      await simulator.close();
    },
  };
}

export interface RunningSimulator {
  readonly pid: number;
  readonly url: string;
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Where the simulator of this data folder listens, for another command; undefined when none runs. */
export function runningSimulator(dataFolder: string): RunningSimulator | undefined {
  try {
    return JSON.parse(readFileSync(join(dataFolder, ADDRESS_FILE), "utf8"));
  } catch {
    return undefined;
  }
}

/** Our actions, as an app's developer defines them; the simulator's page runs them. */
async function defineActions(simulator: Simulator, gatewayUrl: string): Promise<void> {
  const url = `${simulator.url}/automation/v4/actions/${simulator.appId}?hapikey=${simulator.developerApiKey}`;
  for (const definition of allDefinitions(gatewayUrl)) {
    const headers = { "content-type": "application/json" };
    await fetch(url, { method: "POST", headers, body: JSON.stringify(definition) });
  }
}

async function setUp(settings: HubspotSettings): Promise<void> {
  const api = hubspotApi(checkedHubspot({ ...settings, limits: NO_LIMITS }), undefined, systemClock);
  try {
    await setUpHubspot(api, mappingOf(settings.properties), false);
  } finally {
    await api.close();
  }
}

/** On the usual port, or the next free one; two engines that start at the same moment find different ones. */
async function startNear(dataFolder: string): Promise<Simulator> {
  const { startSimulator, subscriptionOf, USUAL_SUBSCRIPTIONS } = await import("hubspot-simulator");
  const webhooks = { subscriptions: USUAL_SUBSCRIPTIONS.map(subscriptionOf) };
  for (let port = PORT; port < PORT + PORTS_TRIED; port++) {
    if (!(await isFree(port))) continue;
    try {
      return await startSimulator({ port, dataFolder, webhooks });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
  return startSimulator({ port: 0, dataFolder, webhooks });
}
