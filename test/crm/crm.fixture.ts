/** An engine on a database of its own that talks to a HubSpot simulator of its own, over real HTTP. */
import type { SimulatorOptions } from "../../packages/hubspot-simulator/src/options.ts";
import { type Simulator, startSimulator } from "../../packages/hubspot-simulator/src/server.ts";
import { type Clock, systemClock } from "../../packages/millrace/src/base/clock.ts";
import type { EmbeddingOptions, MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { type HubspotApi, hubspotApi } from "../../packages/millrace/src/crm/hubspot/client/client.ts";
import {
  checkedHubspot,
  type HubspotSettings,
} from "../../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import { mappingOf } from "../../packages/millrace/src/crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../../packages/millrace/src/crm/hubspot/outbound/setup.ts";
import { type TestEngine, testEngine } from "../factories/engine.ts";

export interface TestCrm extends AsyncDisposable {
  readonly test: TestEngine;
  readonly simulator: Simulator;
  readonly settings: HubspotSettings;
  /** A door of the test's own to the same simulator. */
  readonly api: HubspotApi;
  /** The live records of a type, as plain objects. */
  records(type: "contacts" | "tasks" | "notes" | "emails"): Record<string, string>[];
}

const TYPE_IDS = { contacts: "0-1", tasks: "0-27", notes: "0-46", emails: "0-49" } as const;
/** So that tests do not wait for a pace that is not theirs. */
export const NO_HURRY = { perTenSeconds: 20_000, perDay: 10_000_000, searchPerSecond: 1_000 };

export async function testCrm(
  config: MillraceConfig = {},
  options: SimulatorOptions = {},
  embedding: EmbeddingOptions = {},
): Promise<TestCrm> {
  const simulator = await startSimulator({ tier: "none", ...options });
  const own = config.hubspot === false ? {} : config.hubspot;
  const settings = { accessToken: simulator.token, baseUrl: simulator.url, limits: NO_HURRY, ...own };
  const test = await testEngine({ ...config, hubspot: settings }, embedding);
  const api = doorTo(simulator, systemClock);
  await setUpHubspot(api, mappingOf(), false);
  return {
    test,
    simulator,
    settings,
    api,
    records: (type) =>
      [...(simulator.account().tables.get(TYPE_IDS[type])?.records.values() ?? [])].map((record) =>
        Object.fromEntries(record.properties),
      ),
    async [Symbol.asyncDispose]() {
      await api.close();
      await test[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

function doorTo(simulator: Simulator, clock: Clock): HubspotApi {
  const settings = checkedHubspot({ accessToken: simulator.token, baseUrl: simulator.url, limits: NO_HURRY });
  return hubspotApi(settings, undefined, clock);
}
