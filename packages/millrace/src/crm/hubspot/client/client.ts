/**
 * The one door to HubSpot: its official client, at our pace. The client's own limiter and retries stay off, because they
 * live in one process and know nothing of the others (and would print to the console). A call that HubSpot did not
 * carry out, or may carry out twice without harm, is tried again here a few times; then the caller gets the failure.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../../base/clock.ts";
import type { Queryable } from "../../../db/database.ts";
import { whyHeld } from "../../../db/outside-hold.ts";
import { traced } from "../../../logging/tracing.ts";
import { type Answer, failed, type HubspotFailure, noAnswer, readAnswer } from "./answer.ts";
import { Circuits } from "./circuit.ts";
import type { CheckedHubspot } from "./hubspot-settings.ts";
import { checkedListing } from "./listing.ts";
import { type OfficialClient, officialClient } from "./official-client.ts";
import { endpointOf, type Paths, pathsOf } from "./paths.ts";
import { RateBudget } from "./rate-budget.ts";
import { pauseAfterRefusal, type Urgency } from "./rate-pace.ts";

export interface HubspotCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** One of `paths`. */
  readonly path: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  readonly urgency: Urgency;
  readonly kind: "search" | "other";
  /** Whether carrying it out twice is the same as once. Default: true unless it is a POST. */
  readonly isRepeatable?: boolean;
  /** What it asks for is a list of this name: an answer without one is a failure, and no empty list. */
  readonly lists?: "results" | "events";
  /** In place of the account's own: what the app got for its id and secret (app-token.ts). */
  readonly token?: string;
  /** Instead of `body`, and without a token: how an app asks for one. */
  readonly form?: Readonly<Record<string, string>>;
}

export interface HubspotApi {
  readonly paths: Paths;
  readonly budget: RateBudget;
  /** Never throws for what HubSpot does; rejects when the database is away. */
  request(call: HubspotCall): Promise<Answer>;
  /** What waits for its turn is told no; what is under way ends. */
  close(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const ATTEMPTS = 4;
/** A write that a restored database may not make yet looks again so soon. */
const HELD_MS = 15_000;
/** A longer wait than this is the task's, not the caller's. */
const MAX_TIMEOUT_MS = 5_000;

/**
 * @param db where the pace is shared with other processes.
 * @param clock only tells how long an endpoint rests.
 */
export function hubspotApi(settings: CheckedHubspot, db: Queryable | undefined, clock: Clock): HubspotApi {
  const budget = new RateBudget(db, settings);
  const circuits = new Circuits();
  let client: Promise<OfficialClient> | undefined;
  let refusals = 0;
  const stopping = new AbortController();

  async function once(call: HubspotCall): Promise<Answer> {
    const endpoint = endpointOf(call.method, call.path);
    const restMs = circuits.restOf(endpoint, clock.now());
    if (restMs > 0)
      return failed("open", 0, `HubSpot failed at ${endpoint} several times in a row; it rests.`, {
        retryAfterMs: restMs,
      });
    const held = db === undefined || isReading(call) ? undefined : await whyHeld(db);
    if (held !== undefined) return failed("limited", 0, held, { retryAfterMs: HELD_MS });
    const leave = await budget.leave(call.kind, call.urgency);
    if (!leave.may) {
      const message = leave.because === "day" ? "The calls of this day are used up." : "No call may leave yet.";
      return failed("limited", 0, message, {
        retryAfterMs: leave.afterMs,
        ...(leave.because === "day" ? { policy: "DAILY" } : {}),
      });
    }
    client ??= officialClient(settings.accessToken, settings.baseUrl);
    const official = await client;
    const attributes = { "http.request.method": call.method, "millrace.calls": call.kind };
    const answer = await traced(`HubSpot ${endpoint}`, { kind: "client", attributes }, () => send(official, call));
    circuits.note(endpoint, !answer.ok && answer.failure.kind === "unavailable", clock.now());
    await notePace(call, answer);
    return answer;
  }

  async function send(api: OfficialClient, call: HubspotCall): Promise<Answer> {
    const timeout = new AbortController();
    const secrets = [settings.accessToken, call.token ?? "", call.form?.client_secret ?? ""];
    try {
      // The client takes no signal: an answer that comes too late is thrown away.
      return await Promise.race([
        api
          .apiRequest({ method: call.method, path: call.path, body: call.body, qs: call.query, ...signedBy(call) })
          .then(async (response) => {
            const perDay = wholeNumber(response.headers.get("x-hubspot-ratelimit-daily"));
            const remaining = wholeNumber(response.headers.get("x-hubspot-ratelimit-daily-remaining"));
            if (perDay !== undefined && remaining !== undefined) budget.noteDay(perDay, remaining);
            const answer = await readAnswer(response, secrets);
            return call.lists === undefined ? answer : checkedListing(answer, call.lists, pageOf(call));
          }),
        sleep(TIMEOUT_MS, undefined, { signal: timeout.signal }).then(() => {
          throw new Error(`nothing came in ${TIMEOUT_MS / 1_000} seconds`);
        }),
      ]);
    } catch (error) {
      return noAnswer(error, secrets);
    } finally {
      timeout.abort();
    }
  }

  async function notePace(call: HubspotCall, answer: Answer): Promise<void> {
    if (answer.ok || answer.failure.status !== 429) {
      refusals = 0;
      return;
    }
    refusals += 1;
    if (answer.failure.policy !== "DAILY") {
      await budget.pause(call.kind, pauseAfterRefusal(refusals, answer.failure.retryAfterMs));
    }
  }

  return {
    paths: pathsOf(settings.apiFamily),
    budget,
    async request(call) {
      const isRepeatable = call.isRepeatable ?? call.method !== "POST";
      for (let attempt = 1; ; attempt++) {
        const answer = await once(call);
        if (answer.ok || attempt === ATTEMPTS || stopping.signal.aborted) return answer;
        const waitMs = waitBefore(answer.failure, attempt, isRepeatable);
        if (waitMs === undefined || waitMs > MAX_TIMEOUT_MS) return answer;
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    },
    async close() {
      stopping.abort();
      budget.close();
    },
  };
}

/** Does the call leave HubSpot as it is? */
function isReading({ method, kind, path, form }: HubspotCall): boolean {
  return method === "GET" || kind === "search" || form !== undefined || /\/(search|batch\/read)$/.test(path);
}

/** Where the page begins that it asks for. */
function pageOf({ query, body }: HubspotCall): string | undefined {
  const { after = query?.after } = (body ?? {}) as { readonly after?: string };
  return after;
}

/** What the client sends instead of the account's token and JSON. */
function signedBy({ token, form }: HubspotCall) {
  if (form !== undefined) {
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    return { authType: "none", defaultJson: false, headers, body: new URLSearchParams(form).toString() };
  }
  return token === undefined ? {} : { authType: "none", headers: { Authorization: `Bearer ${token}` } };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Milliseconds until the same call may be tried again; undefined when it may not. */
export function waitBefore(failure: HubspotFailure, attempt: number, isRepeatable: boolean): number | undefined {
  if (failure.kind === "limited") {
    if (failure.policy === "DAILY" || failure.status === 0) return undefined;
    // The shared pace holds the next attempt back as long as it must; 423 and 477 name their own pause.
    return failure.status === 429 ? (failure.retryAfterMs ?? 0) : (failure.retryAfterMs ?? 2_000);
  }
  if (failure.kind === "unavailable" && isRepeatable) return 200 * attempt;
  return undefined;
}
