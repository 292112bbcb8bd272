/**
 * Takes events to the target: up to a hundred in a POST, a few POSTs at a time, again and again when it does not answer 2xx.
 * Started by server.ts; `stop` ends every pause and every open request.
 */
import { Agent, request } from "undici";
import type { Diary } from "../http/diary.ts";
import type { Faults } from "../http/faults.ts";
import { crmHeaders } from "./signatures.ts";
import type { WebhookEvent } from "./subscriptions.ts";

const LARGEST_BATCH = 100;
const MINUTE_MS = 60_000;

/** Ten retries over about 24 hours. HubSpot publishes the count and the span; the steps between are ours. */
export const RETRY_DELAYS_MS = [1, 5, 15, 30, 60, 120, 180, 240, 360, 420].map((minutes) => minutes * MINUTE_MS);

export type DeliveryEntry = {
  at: number;
  url: string;
  attempt: number;
  events: number;
  /** Their types, without repeats. */
  types: string[];
  /** Status of the answer; 0 for none. */
  status: number;
  tookMs: number;
  outcome: "delivered" | "retried" | "given up" | "dropped";
  fault?: string;
};

export type DeliverySettings = {
  targetUrl: string | undefined;
  clientSecret: string;
  retryScale: number;
  retryDelaysMs: readonly number[];
  batchWindowMs: number;
  timeoutMs: number;
  maxConcurrentRequests: number;
};

type Batch = { events: WebhookEvent[]; attempt: number };

export type Delivery = ReturnType<typeof startDelivery>;

export function startDelivery(parts: {
  settings: DeliverySettings;
  faults: Faults;
  diary: Diary<DeliveryEntry>;
  now: () => number;
  random: () => number;
}) {
  const { settings, faults, diary, now, random } = parts;
  const agent = new Agent({ keepAliveTimeout: 1_000 });
  const timers = new Set<NodeJS.Timeout>();
  const ending = new AbortController();
  let fresh: WebhookEvent[] = [];
  let gathering: NodeJS.Timeout | undefined;
  const waiting: Batch[] = [];
  const underWay = new Set<Promise<void>>();

  function after(ms: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, ms);
    timers.add(timer);
    return timer;
  }

  function gather(events: readonly WebhookEvent[]): void {
    if (events.length === 0 || settings.targetUrl === undefined || ending.signal.aborted) return;
    fresh.push(...events);
    if (gathering !== undefined) return;
    gathering = after(settings.batchWindowMs, flush);
  }

  function flush(): void {
    gathering = undefined;
    const events = faults.strikesWebhook("webhookReorder") ? shuffled(fresh, random) : fresh;
    fresh = [];
    for (let start = 0; start < events.length; start += LARGEST_BATCH) {
      const batch = { events: events.slice(start, start + LARGEST_BATCH), attempt: 0 };
      waiting.push(batch);
      if (faults.strikesWebhook("webhookDuplicate")) waiting.push({ ...batch });
    }
    startSome();
  }

  function startSome(): void {
    while (underWay.size < settings.maxConcurrentRequests && !ending.signal.aborted) {
      const batch = waiting.shift();
      if (batch === undefined) return;
      const sending = deliver(batch).finally(() => {
        underWay.delete(sending);
        startSome();
      });
      underWay.add(sending);
    }
  }

  async function deliver(batch: Batch): Promise<void> {
    const url = settings.targetUrl;
    if (url === undefined) return;
    const startedAt = performance.now();
    const entry = (status: number, outcome: DeliveryEntry["outcome"], fault?: string): void =>
      diary.note({
        at: now(),
        url,
        attempt: batch.attempt,
        events: batch.events.length,
        types: [...new Set(batch.events.map(({ subscriptionType }) => String(subscriptionType)))],
        status,
        tookMs: Math.round(performance.now() - startedAt),
        outcome,
        ...(fault === undefined ? {} : { fault }),
      });
    if (faults.strikesWebhook("webhookDrop")) return entry(0, "dropped", "webhookDrop");

    const status = await post(url, batch);
    const isLost = status >= 200 && status < 300 && faults.strikesWebhook("webhookAnswerLost");
    const fault = isLost ? "webhookAnswerLost" : undefined;
    if (status >= 200 && status < 300 && !isLost) return entry(status, "delivered");
    const delayMs = settings.retryDelaysMs[batch.attempt];
    if (delayMs === undefined || ending.signal.aborted) return entry(status, "given up", fault);
    entry(status, "retried", fault);
    const scattered = (delayMs * (0.8 + 0.4 * random())) / settings.retryScale;
    after(scattered, () => {
      waiting.push({ events: batch.events, attempt: batch.attempt + 1 });
      startSome();
    });
  }

  /** The status of the answer, 0 when there was none in time. */
  async function post(url: string, { events, attempt }: Batch): Promise<number> {
    const body = JSON.stringify(events.map((event) => ({ ...event, attemptNumber: attempt })));
    const headers = crmHeaders(settings.clientSecret, { method: "POST", url, body, timestamp: now() });
    try {
      const answer = await request(url, {
        method: "POST",
        dispatcher: agent,
        headers: {
          "content-type": "application/json",
          "user-agent": "HubSpot Connect 2.0 (http://dev.hubspot.com/) - WebHooks",
          ...headers,
        },
        body,
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(settings.timeoutMs)]),
      });
      await answer.body.dump();
      return answer.statusCode;
    } catch {
      return 0;
    }
  }

  return {
    settings,
    gather,
    /** Nothing gathered, waiting, under way or due for a retry. */
    isIdle: (): boolean => fresh.length === 0 && waiting.length === 0 && underWay.size === 0 && timers.size === 0,
    async stop(): Promise<void> {
      ending.abort();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      await Promise.allSettled(underWay);
      await agent.close();
    },
  };
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
