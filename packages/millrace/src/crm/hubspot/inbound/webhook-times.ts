/** When a webhook came last, noted by every gateway, so that polling can rest while they come. */
import type { Clock } from "../../../base/clock.ts";
import type { Queryable } from "../../../db/database.ts";
import { readCursor, saveCursor } from "./incoming-rows.ts";

const PLACE = "webhooks";
const NOTE_EVERY_MS = 10_000;

/** @returns a function that writes the time down, not more often than is worth it. */
export function noteWebhook(db: Queryable, clock: Clock): () => Promise<void> {
  let noted = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.now();
    if (now - noted < NOTE_EVERY_MS) return;
    noted = now;
    await saveCursor(db, PLACE, { at: now });
  };
}

export async function lastWebhookAt(db: Queryable): Promise<number | undefined> {
  return (await readCursor<{ at: number }>(db, PLACE))?.at;
}
