/** What a simulator can be told when it starts. server.ts fills in the rest; main.ts maps its flags onto this. */

/** The limits HubSpot publishes per kind of account; `null` switches a limit off. */
export type Limits = {
  /** Calls of one token in any ten seconds. */
  perTenSeconds: number | null;
  /** Calls of the whole account from midnight to midnight in its own time zone. */
  perDay: number | null;
  /** Searches of the whole account in any second. */
  searchesPerSecond: number | null;
  /** Open form submissions in any ten seconds. */
  formsPerTenSeconds: number | null;
};

export const LIMITS_BY_TIER = {
  free: { perTenSeconds: 100, perDay: 250_000, searchesPerSecond: 5, formsPerTenSeconds: 50 },
  professional: { perTenSeconds: 190, perDay: 625_000, searchesPerSecond: 5, formsPerTenSeconds: 50 },
  enterprise: { perTenSeconds: 190, perDay: 1_000_000, searchesPerSecond: 5, formsPerTenSeconds: 50 },
  none: { perTenSeconds: null, perDay: null, searchesPerSecond: null, formsPerTenSeconds: null },
} satisfies Record<string, Limits>;

export type Tier = keyof typeof LIMITS_BY_TIER;

export type SimulatorOptions = {
  /** Port on the loopback address. Default 0: any free one. */
  port?: number;
  /** The one access token that is let in. Default an invented one in HubSpot's form. */
  token?: string;
  /** Names the app whose journal is read. Default an invented one. */
  clientId?: string;
  /** Signs every webhook. Default an invented one. */
  clientSecret?: string;
  /** Opens the webhook settings, which HubSpot guards with a developer key instead of a token. */
  developerApiKey?: string;
  portalId?: number;
  appId?: number;
  /** The person who edits on the simulator's own page, and the owner of the token. */
  userId?: number;
  timeZone?: string;
  /** Scopes of the token. Default all that the served routes ask for. */
  scopes?: string[];
  /** Default `professional`. */
  tier?: Tier;
  /** Replaces single limits of the tier. */
  limits?: Partial<Limits>;
  /** Folder of the snapshot. Default none: everything is forgotten at the end. */
  dataFolder?: string;
  /** A few contacts, companies, tasks and a form to look at. Default false; ignored when a snapshot was found. */
  seed?: boolean;
  /** Milliseconds since 1970. Default the machine's clock. */
  now?: () => number;
  /** Decides whether a fault strikes. Default Math.random. */
  random?: () => number;
  webhooks?: {
    targetUrl?: string;
    /** What the app has subscribed to from the start; a snapshot's own list goes before. */
    subscriptions?: { eventType: string; propertyName?: string; objectTypeId?: string }[];
    /** Divides every pause of the retry schedule: 60_000 turns a minute into a millisecond. Default 1. */
    retryScale?: number;
    /** Pauses before the 1st, 2nd, … retry. Default ten over 24 hours. */
    retryDelaysMs?: number[];
    /** How long events wait for company before one POST leaves. Default 100. */
    batchWindowMs?: number;
    /** How long the receiver may take. Default 5,000. */
    timeoutMs?: number;
    /** How many POSTs may be under way. Default 10. */
    maxConcurrentRequests?: number;
  };
};
