/** An engine with its gateway in front of a HubSpot simulator that sends it webhooks, all on one clock, over real HTTP. */
import { createHmac } from "node:crypto";
import type { SimulatorOptions } from "../../packages/hubspot-simulator/src/options.ts";
import { type Simulator, startSimulator } from "../../packages/hubspot-simulator/src/server.ts";
import { ManualClock, systemClock } from "../../packages/millrace/src/base/clock.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { type HubspotApi, hubspotApi } from "../../packages/millrace/src/crm/hubspot/client/client.ts";
import {
  checkedHubspot,
  type HubspotSettings,
} from "../../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import type { Incoming } from "../../packages/millrace/src/crm/hubspot/inbound/incoming.ts";
import { mappingOf } from "../../packages/millrace/src/crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../../packages/millrace/src/crm/hubspot/outbound/setup.ts";
import type { RecordedEvent } from "../../packages/millrace/src/events/event.ts";
import { EVENT_COLUMNS } from "../../packages/millrace/src/events/log.ts";
import { type Gateway, type GatewayOptions, startGateway } from "../../packages/millrace/src/http/server.ts";
import { type TestEngine, testEngine } from "../factories/engine.ts";

export const SECRET = "simulated-client-secret";
const NO_HURRY = { perTenSeconds: 20_000, perDay: 10_000_000, searchPerSecond: 1_000 };
const PROPERTIES = [
  "email",
  "firstname",
  "lastname",
  "company",
  "jobtitle",
  "lead_score",
  "lead_band",
  "numemployees",
  "lifecyclestage",
  "hs_timezone",
  "hs_email_optout",
];

/** What an app like ours listens to. */
export const SUBSCRIPTIONS = [
  ...["contact.creation", "contact.deletion", "contact.restore", "contact.merge", "contact.privacyDeletion"].map(
    (eventType) => ({
      eventType,
    }),
  ),
  ...PROPERTIES.map((propertyName) => ({ eventType: "contact.propertyChange", propertyName })),
  { eventType: "object.propertyChange", objectTypeId: "0-27", propertyName: "hs_task_status" },
];

// biome-ignore lint/suspicious/noExplicitAny: a test looks into data whose type it has just asked for.
export type Told = RecordedEvent<string, any>;

export interface CrmIn extends AsyncDisposable {
  readonly test: TestEngine;
  readonly simulator: Simulator;
  readonly gateway: Gateway;
  readonly hubspot: Incoming;
  readonly api: HubspotApi;
  /** A person edits a contact on HubSpot's page. */
  edit(id: string, properties: Record<string, string>, type?: string): Promise<void>;
  /** A person makes a record on HubSpot's page. @returns its id. */
  make(properties: Record<string, string>, type?: string): Promise<string>;
  /** Everything that is under way has arrived and nothing is left to do. */
  settle(): Promise<void>;
  events(...types: string[]): Promise<Told[]>;
  contact(
    hubspotId: string,
  ): Promise<{ id: string; properties: Record<string, unknown>; facts: Record<string, unknown> } | undefined>;
  count(sql: string): Promise<number>;
}

export interface CrmInOptions {
  readonly config?: MillraceConfig;
  readonly hubspot?: Partial<HubspotSettings>;
  readonly simulator?: SimulatorOptions;
  readonly gateway?: GatewayOptions;
  /** False: HubSpot cannot reach us. Default true. */
  readonly webhooks?: boolean;
}

export async function crmIn(options: CrmInOptions = {}): Promise<CrmIn> {
  const clock = new ManualClock();
  const simulator = await startSimulator({
    tier: "none",
    now: () => clock.now(),
    ...options.simulator,
    webhooks: { batchWindowMs: 5, retryScale: 6_000, subscriptions: SUBSCRIPTIONS, ...options.simulator?.webhooks },
  });
  const settings: HubspotSettings = {
    accessToken: simulator.token,
    baseUrl: simulator.url,
    limits: NO_HURRY,
    clientSecret: SECRET,
    pollEveryMs: 0,
    ...options.hubspot,
  };
  const test = await testEngine({ ...options.config, hubspot: settings }, { clock });
  const gateway = await startGateway(test.engine, { port: 0, ...options.gateway });
  if (options.webhooks !== false) simulator.webhooks.delivery.settings.targetUrl = `${gateway.url}/webhooks/hubspot`;
  const api = hubspotApi(checkedHubspot(settings), undefined, systemClock);
  await setUpHubspot(api, mappingOf(), false);
  const { db } = test.engine;
  const person = async (method: string, path: string, properties: Record<string, string>) => {
    const response = await fetch(`${simulator.url}/__simulator/records/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ properties }),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as { id: string };
  };
  const count = async (sql: string) => Number((await db.query<{ count: number }>(sql))[0]?.count ?? 0);
  return {
    test,
    simulator,
    gateway,
    api,
    count,
    hubspot: test.engine.hubspot as Incoming,
    edit: async (id, properties, type = "contacts") => void (await person("PATCH", `${type}/${id}`, properties)),
    make: async (properties, type = "contacts") => (await person("POST", type, properties)).id,
    async settle() {
      const isAtRest = async () =>
        simulator.webhooks.delivery.isIdle() && (await count("select count(*) from crm_waiting")) === 0;
      for (let calm = 0; calm < 2; ) {
        while (!simulator.webhooks.delivery.isIdle()) await new Promise((resolve) => setTimeout(resolve, 5));
        while ((await count("select count(*) from crm_waiting")) > 0)
          await new Promise((resolve) => setTimeout(resolve, 10));
        await test.engine.idle();
        calm = (await isAtRest()) ? calm + 1 : 0;
      }
    },
    events: (...types) =>
      db.query<Told>(`select ${EVENT_COLUMNS} from events where type = any($1::text[]) order by position`, [types]),
    async contact(hubspotId) {
      const [row] = await db.query<{ id: string; properties: Record<string, unknown>; facts: Record<string, unknown> }>(
        `select c.id, c.properties, c.facts from contacts c join contact_identities i on i.contact = c.id
         where i.kind = 'hubspot' and i.value = $1`,
        [hubspotId],
      );
      return row;
    },
    async [Symbol.asyncDispose]() {
      await api.close();
      await gateway.close();
      await test[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

export interface SignedInit extends Omit<RequestInit, "headers"> {
  readonly headers: Record<string, string>;
}

/** A request as HubSpot would sign it. */
export function signed(url: string, body: string, at: number, secret = SECRET): SignedInit {
  const signature = createHmac("sha256", secret).update(`POST${url}${body}${at}`).digest("base64");
  return {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-hubspot-signature-v3": signature,
      "x-hubspot-request-timestamp": String(at),
    },
  };
}

/** An event of HubSpot's, with what the test does not care about filled in. */
export function hubspotEvent(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    eventId: 1,
    subscriptionId: 12,
    portalId: 4711,
    appId: 88,
    occurredAt: Date.UTC(2026, 2, 2, 9),
    subscriptionType: "contact.propertyChange",
    attemptNumber: 0,
    objectId: 101,
    propertyName: "jobtitle",
    propertyValue: "CTO",
    changeSource: "CRM_UI",
    sourceId: "userId:7",
    ...more,
  };
}
