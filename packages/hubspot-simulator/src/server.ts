/**
 * Puts a HubSpot together that runs on this machine: its data, its API in both families, its webhooks, its page.
 * Knows nothing of the engine. Called by main.ts, by tests, and by whoever wants a CRM to talk to.
 */
import type { AddressInfo } from "node:net";
import { type Account, emptyAccount } from "./account/account.ts";
import { idReservation } from "./account/id-reservation.ts";
import { seedAccount } from "./account/seed.ts";
import { type Loaded, loadSnapshot, snapshotText, snapshotWriter } from "./account/snapshot.ts";
import { registerControl } from "./control.ts";
import { newApp, registerRoutes } from "./http/app.ts";
import { type AppTokens, appTokens } from "./http/app-tokens.ts";
import { type CallEntry, type Diary, newDiary } from "./http/diary.ts";
import { FAMILIES } from "./http/families.ts";
import { type Faults, newFaults } from "./http/faults.ts";
import { type RateLimits, rateLimits } from "./http/rate-limits.ts";
import type { Route } from "./http/route.ts";
import { LIMITS_BY_TIER, type SimulatorOptions } from "./options.ts";
import { registerPage } from "./page.ts";
import { accountRoutes, tokenRoutes } from "./routes/account-info.ts";
import { actionRoutes } from "./routes/actions.ts";
import { associationRoutes } from "./routes/associations.ts";
import { automationRoutes, eventRoutes } from "./routes/automation.ts";
import { batchRoutes } from "./routes/batches.ts";
import { emailEventRoutes } from "./routes/email-events.ts";
import { engagementRoutes } from "./routes/engagements.ts";
import { submissionRoutes } from "./routes/form-submissions.ts";
import { formRoutes, submissionReadingRoutes } from "./routes/forms.ts";
import { listRoutes } from "./routes/lists.ts";
import { objectRoutes } from "./routes/objects.ts";
import { pipelineRoutes } from "./routes/pipelines.ts";
import { preferenceRoutes } from "./routes/preferences.ts";
import { propertyRoutes } from "./routes/properties.ts";
import { addSubscription, type WebhookState, webhookRoutes } from "./routes/webhook-settings.ts";
import { type Delivery, type DeliveryEntry, RETRY_DELAYS_MS, startDelivery } from "./webhooks/delivery.ts";
import { newJournal } from "./webhooks/journal.ts";
import { eventsFor } from "./webhooks/subscriptions.ts";

export type Simulator = {
  /** Where it listens, without a slash at the end: the client's basePath. */
  url: string;
  port: number;
  token: string;
  clientId: string;
  clientSecret: string;
  developerApiKey: string;
  portalId: number;
  appId: number;
  faults: Faults;
  limits: RateLimits;
  /** The data itself, for tests; read it, and write through the API. */
  account: () => Account;
  webhooks: { state: WebhookState; delivery: Delivery };
  /** Those the journal was opened with. */
  appTokens: AppTokens;
  calls: Diary<CallEntry>;
  deliveries: Diary<DeliveryEntry>;
  /** Forgets everything and starts again, with the seed when asked. */
  reset: (seed?: boolean) => void;
  close: () => Promise<void>;
};

/** Everything a token can be asked for by the routes here. */
const ALL_SCOPES = [
  "oauth",
  "forms",
  "automation",
  "content",
  "sales-email-read",
  "crm.lists.read",
  "crm.lists.write",
  "communication_preferences.read_write",
  "crm.objects.owners.read",
  ...[
    "contacts",
    "companies",
    "deals",
    "tickets",
    "products",
    "line_items",
    "quotes",
    "leads",
    "orders",
    "users",
  ].flatMap((plural) => [`crm.objects.${plural}.read`, `crm.objects.${plural}.write`]),
  ...["services", "courses", "listings", "appointments", "subscriptions", "marketing_events"].flatMap((plural) => [
    `crm.objects.${plural}.read`,
    `crm.objects.${plural}.write`,
  ]),
];

const DEFAULTS = {
  token: "pat-eu1-00000000-0000-4000-8000-000000000001",
  clientId: "simulated-client-id",
  clientSecret: "simulated-client-secret",
  developerApiKey: "simulated-developer-key",
  portalId: 4711,
  appId: 88,
  userId: 7,
  timeZone: "Europe/Berlin",
};

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const given = { ...DEFAULTS, ...options };
  const now = options.now ?? Date.now;
  const random = options.random ?? Math.random;
  const faults = newFaults(random);
  const { dataFolder } = options;
  const loaded = dataFolder === undefined ? undefined : await loadSnapshot(dataFolder);
  const ids = dataFolder === undefined ? undefined : idReservation(dataFolder, loaded?.account.lastId);
  const identity = {
    portalId: given.portalId,
    appId: given.appId,
    userId: given.userId,
    timeZone: given.timeZone,
    now,
    indexDelayMs: () => faults.settings.indexDelayMs,
    reserveId: (id: number) => ids?.reserve(id),
  };
  const scopes = options.scopes ?? ALL_SCOPES;
  const tier = LIMITS_BY_TIER[options.tier ?? "professional"];
  const limits = rateLimits({ ...tier, ...options.limits }, given.timeZone, now);
  const calls = newDiary<CallEntry>();
  const deliveries = newDiary<DeliveryEntry>();
  const journal = newJournal(given.portalId);
  const tokensOfApp = appTokens(given);
  const webhooks: WebhookState = { subscriptions: [], lastId: 0, createdAt: now(), updatedAt: now() };
  const delivery = startDelivery({
    settings: {
      targetUrl: options.webhooks?.targetUrl,
      clientSecret: given.clientSecret,
      retryScale: options.webhooks?.retryScale ?? 1,
      retryDelaysMs: options.webhooks?.retryDelaysMs ?? RETRY_DELAYS_MS,
      batchWindowMs: options.webhooks?.batchWindowMs ?? 100,
      timeoutMs: options.webhooks?.timeoutMs ?? 5_000,
      maxConcurrentRequests: options.webhooks?.maxConcurrentRequests ?? 10,
    },
    faults,
    diary: deliveries,
    now,
    random,
  });

  for (const wanted of options.webhooks?.subscriptions ?? []) {
    addSubscription(webhooks, now(), { ...wanted, active: true });
  }
  const newAccount = (): Account => {
    const made = emptyAccount(identity);
    made.lastId = Math.max(made.lastId, ids?.highest ?? 0);
    return made;
  };
  let account = newAccount();
  if (loaded !== undefined) restore(account, loaded, webhooks, delivery);
  else if (options.seed) seedAccount(account);

  const writer =
    dataFolder === undefined
      ? undefined
      : snapshotWriter(dataFolder, () => snapshotText(account, { webhooks, targetUrl: delivery.settings.targetUrl }));
  // Event ids repeat after a while: HubSpot does not promise that they are unique, so no one may build on it.
  let lastEventId = 3_000;
  const newEventId = (): number => {
    lastEventId = 3_001 + ((lastEventId - 3_000) % 900);
    return lastEventId;
  };
  const listen = (): void => {
    account.listeners.push((change) => {
      journal.note(change);
      if (delivery.settings.targetUrl !== undefined) {
        delivery.gather(eventsFor(account, webhooks.subscriptions, change, newEventId));
      }
    });
  };
  listen();

  const reset = (seed = false): void => {
    account = newAccount();
    if (seed) seedAccount(account);
    listen();
    for (const diary of [calls, deliveries]) diary.clear();
    limits.reset();
    faults.reset();
    writer?.soon();
  };

  const app = newApp();
  const tokens = { token: given.token, scopes };
  const routes: Route[] = [
    ...FAMILIES.flatMap((family) => [
      ...objectRoutes(family),
      ...batchRoutes(family),
      ...associationRoutes(family),
      ...propertyRoutes(family),
      ...pipelineRoutes(family),
      ...accountRoutes(family, limits),
      ...formRoutes(family),
      ...actionRoutes(family),
      ...listRoutes(family),
      ...automationRoutes(family),
      ...webhookRoutes(family, webhooks, delivery.settings),
    ]),
    ...preferenceRoutes(),
    ...submissionRoutes(),
    ...submissionReadingRoutes(),
    ...engagementRoutes(),
    ...eventRoutes(),
    ...emailEventRoutes(),
    ...tokenRoutes(tokens),
    ...journal.routes(),
    ...tokensOfApp.routes(),
  ];
  const { developerApiKey } = given;
  const parts = { account: () => account, limits, faults, calls, developerApiKey, appTokens: tokensOfApp, ...tokens };
  registerRoutes(app, parts, routes);
  registerControl(app, {
    account: () => account,
    faults,
    limits,
    calls,
    deliveries,
    delivery,
    webhooks,
    clientSecret: given.clientSecret,
    reset,
  });
  registerPage(app);
  if (writer !== undefined) {
    app.addHook("onResponse", async (request) => {
      if (request.method !== "GET") writer.soon();
    });
  }

  await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    token: given.token,
    clientId: given.clientId,
    clientSecret: given.clientSecret,
    appTokens: tokensOfApp,
    developerApiKey,
    portalId: given.portalId,
    appId: given.appId,
    faults,
    limits,
    account: () => account,
    webhooks: { state: webhooks, delivery },
    calls,
    deliveries,
    reset,
    async close() {
      await app.close();
      await delivery.stop();
      await writer?.stop();
      ids?.release();
    },
  };
}

/** Puts a snapshot into a fresh account; types that came new since keep their empty tables. */
function restore(account: Account, { account: kept, ...more }: Loaded, webhooks: WebhookState, delivery: Delivery) {
  const { tables, lastId = 0, ...rest } = kept;
  Object.assign(account, rest, { lastId: Math.max(lastId, account.lastId) });
  for (const [typeId, table] of tables ?? []) account.tables.set(typeId, table);
  Object.assign(webhooks, more.webhooks);
  if (typeof more.targetUrl === "string") delivery.settings.targetUrl ??= more.targetUrl;
}
