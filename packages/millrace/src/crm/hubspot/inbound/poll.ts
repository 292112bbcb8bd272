/**
 * Polling: what changed in HubSpot since it was asked last, for machines it cannot reach, for what a webhook lost, and
 * after an outage of any length. The same way in as the webhooks', so a change that came by both is one. One process
 * polls. Deletions and merges cannot be searched for; those come by webhook only.
 */
import { MillraceError } from "../../../base/errors.ts";
import { Leadership } from "../../../db/leadership.ts";
import { PollLoop } from "../../../db/poll-loop.ts";
import type { HubspotFailure } from "../client/answer.ts";
import type { HubspotApi } from "../client/client.ts";
import type { HubspotChange } from "./change.ts";
import type { Intake } from "./delivery.ts";
import type { History } from "./history.ts";
import { readCursor, saveCursor } from "./incoming-rows.ts";
import { metWithoutLifted, withoutLifted } from "./lifted-opt-outs.ts";
import { changesIn, completions } from "./polled.ts";
import { type ChangedSince, type Page, searchChanged } from "./read-contacts.ts";
import { takeChanges } from "./take-changes.ts";
import { lastWebhookAt } from "./webhook-times.ts";

const POLL_LOCK = 7_241_037;
/** HubSpot's index is late by seconds, and no one says by how many at most. */
const OVERLAP_MS = 120_000;
/** A search gives no more than 10,000; before that the cursor moves. */
const MAX_OF_A_SEARCH = 9_800;
/** Webhooks have come within this time: polling rests, and looks only now and then for what they lost. */
const WEBHOOKS_ARE_NEW_MS = 900_000;
const RECONCILE_EVERY_MS = 3_600_000;
const LOOK_EVERY_MS = 1_000;

interface PollCursor {
  /** HubSpot's clock: everything changed before was seen. */
  readonly since: number;
  /** Our clock. */
  readonly polledAt: number;
}

export interface PollOptions {
  readonly api: HubspotApi;
  readonly properties: readonly string[];
  /** 0: never. */
  readonly everyMs: number;
  readonly onError: (error: unknown) => void;
  /** What was true between two looks. */
  readonly history: History;
}

interface PollRequest {
  readonly type: ChangedSince["type"];
  readonly names: readonly string[];
  readonly filters?: readonly object[];
  readonly from: number | undefined;
}

export interface Poller {
  /** @param since asked for from there on, when that is longer ago than the last time. */
  pollNow(since?: number): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}

export function poller(intake: Intake, { api, properties, everyMs, onError, history }: PollOptions): Poller {
  const leadership = new Leadership(intake.db, POLL_LOCK);
  const loop = new PollLoop({ turn, sweepMs: Math.min(everyMs, LOOK_EVERY_MS), onError });
  return {
    pollNow,
    start() {
      if (everyMs > 0) loop.start();
    },
    async stop() {
      await loop.stop();
      await leadership.release();
    },
  };

  async function turn(): Promise<boolean> {
    if (!(await leadership.lead())) return false;
    if (await isDue()) await pollNow();
    return false;
  }

  /** The first turn of an installation has no place yet: it only takes one. What was there before is for the import. */
  async function isDue(): Promise<boolean> {
    const [place, webhookAt] = await Promise.all([
      readCursor<PollCursor>(intake.db, "contacts"),
      lastWebhookAt(intake.db),
    ]);
    if (place === undefined) return true;
    const now = intake.clock.now();
    const haveWebhooks = webhookAt !== undefined && now - webhookAt < WEBHOOKS_ARE_NEW_MS;
    return now - place.polledAt >= (haveWebhooks ? Math.max(RECONCILE_EVERY_MS, everyMs) : everyMs);
  }

  async function pollNow(from?: number): Promise<number> {
    const contacts = await pollType({ type: "contacts", names: properties, from }, async ({ records }) => {
      const newest = await withoutLifted(intake, api, await changesIn(intake, records));
      const missed = await history.around(newest);
      // Where the history holds the newest value too, it knows better when that was, and who set it.
      const named = new Set(missed.map(stateOf));
      const changes = [...missed, ...newest.filter((change) => !named.has(stateOf(change)))];
      const met = await metWithoutLifted(intake, api, records);
      return takeChanges(intake, { changes, met: new Map(met.map((one) => [one.id, one])) });
    });
    const filters = [{ propertyName: "hs_task_status", operator: "EQ", value: "COMPLETED" }];
    const names = ["hs_task_status", "hs_lastmodifieddate", "hs_updated_by_user_id"];
    const tasks = await pollType({ type: "tasks", names, filters, from }, async ({ records }) =>
      takeChanges(intake, { changes: await completions(intake.db, records) }),
    );
    return contacts + tasks;
  }

  async function pollType(
    { type, names, filters = [], from }: PollRequest,
    takePage: (page: Page) => Promise<number>,
  ): Promise<number> {
    const place = await readCursor<PollCursor>(intake.db, type);
    const polledAt = intake.clock.now();
    if (place === undefined && from === undefined) {
      await saveCursor(intake.db, type, { since: polledAt, polledAt });
      return 0;
    }
    const last = place?.since ?? 0;
    let since = Math.min(from ?? last, place === undefined ? polledAt : last);
    let searched = since - OVERLAP_MS;
    let after: string | undefined;
    let seen = 0;
    let appended = 0;
    for (;;) {
      const page = await searchChanged(api, {
        type,
        since: searched,
        properties: names,
        after,
        urgency: "normal",
        filters,
      });
      if ("kind" in page) throw unanswered(page);
      appended += await takePage(page);
      since = Math.max(since, ...page.records.map(({ updatedAt }) => updatedAt));
      seen += page.records.length;
      after = page.after;
      if (after === undefined) break;
      if (seen >= MAX_OF_A_SEARCH) {
        // From where it stands; if all of them changed in one millisecond, from the next.
        searched = Math.max(since, searched + 1);
        after = undefined;
        seen = 0;
      }
      // What was seen stays seen if this process ends here.
      await saveCursor(intake.db, type, { since: Math.max(last, since), polledAt: place?.polledAt ?? 0 });
    }
    await saveCursor(intake.db, type, { since: Math.max(last, since), polledAt });
    return appended;
  }
}

function stateOf({ objectId, property, value }: HubspotChange): string {
  return JSON.stringify([objectId, property, value]);
}

function unanswered(failure: HubspotFailure): MillraceError {
  return new MillraceError("hubspot_failed", {
    saw: `HubSpot was asked what has changed and answered: ${failure.message}`,
    next: "nothing is lost; it is asked again.",
  });
}
