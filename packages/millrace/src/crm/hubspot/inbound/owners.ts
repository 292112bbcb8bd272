/**
 * The addresses of HubSpot's owners: what one of them writes in a conversation is no answer of the contact. Asked for by the mail
 * channel when mail comes in, read from HubSpot at most once an hour and kept, so that mail goes on while HubSpot is away.
 */
import { z } from "zod";
import type { Clock } from "../../../base/clock.ts";
import { parseEmailAddress } from "../../../base/email-address.ts";
import type { Database } from "../../../db/database.ts";
import type { HubspotApi } from "../client/client.ts";
import { readCursor, saveCursor } from "./incoming-rows.ts";
import { unread } from "./reading.ts";

const PLACE = "owners";
const EVERY_MS = 3_600_000;
/** After a refusal. */
const AGAIN_MS = 300_000;
/** Mail waits so long for the first list, and no longer. */
const TIMEOUT_MS = 5_000;
/** HubSpot gives no more at once. */
const PAGE_SIZE = "500";
const MAX_PAGES = 20;

const answer = z.object({
  results: z.array(z.object({ email: z.string().nullish() })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

interface OwnersPlace {
  readonly addresses: readonly string[];
  /** Our clock. */
  readonly readAt: number;
}

export interface OwnersOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly api: HubspotApi;
  readonly onError: (error: unknown) => void;
}

export class Owners {
  readonly #options: OwnersOptions;
  #known: OwnersPlace | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  constructor(options: OwnersOptions) {
    this.#options = options;
  }

  /** @returns the addresses as they were read last, in lower case; none while HubSpot could never be asked. Does not reject for HubSpot. */
  async addresses(): Promise<readonly string[]> {
    const { db, clock } = this.#options;
    this.#known ??= await readCursor<OwnersPlace>(db, PLACE);
    const isFresh = this.#known !== undefined && clock.now() - this.#known.readAt < EVERY_MS;
    if (!isFresh && clock.now() - this.#askedAt >= AGAIN_MS) this.#ask();
    // An old list is good enough meanwhile; without any, a colleague's first mail would be read as the contact's.
    if (this.#known === undefined && this.#asking !== undefined) await withinTimeout(this.#asking);
    return this.#known?.addresses ?? [];
  }

  #ask(): void {
    if (this.#asking !== undefined) return;
    this.#askedAt = this.#options.clock.now();
    this.#asking = this.#read()
      .catch((error: unknown) => this.#options.onError(error))
      .finally(() => {
        this.#asking = undefined;
      });
  }

  async #read(): Promise<void> {
    const { api, db, clock } = this.#options;
    const addresses: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < MAX_PAGES && (page === 0 || after !== undefined); page++) {
      const query = { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) };
      const got = await api.request({
        method: "GET",
        path: api.paths.owners(),
        query,
        urgency: "normal",
        kind: "other",
        lists: "results",
      });
      if (!got.ok) throw unread(got.failure, "its owners", "crm.objects.owners.read");
      const { results, paging } = answer.parse(got.body);
      addresses.push(...results.flatMap(({ email }) => parseEmailAddress(email ?? "") ?? []));
      after = paging?.next?.after;
    }
    this.#known = { addresses, readAt: clock.now() };
    await saveCursor(db, PLACE, this.#known);
  }
}

async function withinTimeout(asking: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS);
  });
  await Promise.race([asking, patience]);
  clearTimeout(timer);
}
