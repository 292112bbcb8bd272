/** The world around an engine that is killed: a mail server, a HubSpot, and a receiver of webhooks and alerts. They go on and count. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Simulator, startSimulator } from "../../packages/hubspot-simulator/src/server.ts";
import { systemClock } from "../../packages/millrace/src/base/clock.ts";
import type { MillraceConfig } from "../../packages/millrace/src/config/config.ts";
import { hubspotApi } from "../../packages/millrace/src/crm/hubspot/client/client.ts";
import { checkedHubspot } from "../../packages/millrace/src/crm/hubspot/client/hubspot-settings.ts";
import { mappingOf } from "../../packages/millrace/src/crm/hubspot/outbound/contact-mapping.ts";
import { setUpHubspot } from "../../packages/millrace/src/crm/hubspot/outbound/setup.ts";
import { type ImapServer, imapServer } from "../servers/imap.ts";
import { headerOf, type MailServer, mailServer } from "../servers/smtp.ts";

export interface Outside extends AsyncDisposable {
  readonly config: Omit<MillraceConfig, "databaseUrl">;
  readonly inbox: ImapServer;
  readonly inboxSettings: { readonly imapUrl: string; readonly everyMs: number };
  /** Message-IDs as they came, in order. */
  readonly emails: () => readonly string[];
  /** Addresses of HubSpot's contacts, one for each record. */
  readonly crmAddresses: () => readonly string[];
  readonly hubspotIdOf: (address: string) => string | undefined;
  /** webhook-id of each event that came, by type. */
  readonly events: readonly { readonly id: string; readonly type: string }[];
  /** webhook-id of each alert that came. */
  readonly alerts: readonly string[];
}

const NO_HURRY = { perTenSeconds: 20_000, perDay: 10_000_000, searchPerSecond: 1_000 };
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const CONTACTS = "0-1";

export async function outside(): Promise<Outside> {
  const refusedOnce = new Set<string>();
  const mail: MailServer = await mailServer({
    // The first three are not taken at first: what was begun is taken back, and tried again.
    beforeTaking: async (message) => {
      const id = headerOf(message, "Message-ID") ?? "";
      if (refusedOnce.size >= 3 || refusedOnce.has(id)) return;
      refusedOnce.add(id);
      throw Object.assign(new Error("Try again."), { responseCode: 451 });
    },
  });
  const events: { id: string; type: string }[] = [];
  const alerts: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const id = String(request.headers["webhook-id"]);
      if (request.url === "/alerts") alerts.push(id);
      else events.push({ id, type: JSON.parse(Buffer.concat(chunks).toString()).type });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const simulator = await startSimulator({ tier: "none" });
  await setUp(simulator);
  const inbox = await imapServer();
  const records = () => [...(simulator.account().tables.get(CONTACTS)?.records ?? [])];
  return {
    inbox,
    inboxSettings: { imapUrl: inbox.url, everyMs: 300 },
    emails: () => mail.letters.map((message) => headerOf(message, "Message-ID") ?? ""),
    crmAddresses: () => records().map(([, { properties }]) => properties.get("email") ?? ""),
    hubspotIdOf: (wanted) => records().find(([, { properties }]) => properties.get("email") === wanted)?.[0],
    events,
    alerts,
    config: {
      monitor: false,
      engine: { leaseMs: 1_500, sweepMs: 100, retry: { firstDelayMs: 200 } },
      mail: { smtpUrl: mail.url, from: "Sales <sales@acme.example>" },
      hubspot: { accessToken: simulator.token, baseUrl: simulator.url, limits: NO_HURRY },
      subscribers: { chaos: { url: `${address}/events`, secret: SECRET, from: "start", types: ["form_submitted"] } },
      alerts: { sales: [{ type: "webhook", url: `${address}/alerts`, secret: SECRET }] },
      log: { level: "silent" },
    } as MillraceConfig,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await simulator.close();
      await inbox[Symbol.asyncDispose]();
      await mail[Symbol.asyncDispose]();
    },
  };
}

async function setUp(simulator: Simulator): Promise<void> {
  const settings = checkedHubspot({ accessToken: simulator.token, baseUrl: simulator.url, limits: NO_HURRY });
  const api = hubspotApi(settings, undefined, systemClock);
  await setUpHubspot(api, mappingOf(), false);
  await api.close();
}
