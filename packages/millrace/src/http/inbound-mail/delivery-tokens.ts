/**
 * Tokens of deliveries whose signature covers the token and not the message (Mailgun's). Each is good for one message: with
 * the same one it is a repeated delivery and welcome, with another one it is a signature that was copied.
 */
import { createHash } from "node:crypto";
import type { Queryable } from "../../db/database.ts";

/** A token older than this is refused by the age of its signature, so it need not be kept. */
export const MAX_DELIVERY_AGE_MS = 15 * 60_000;

export class DeliveryTokens {
  readonly #db: Queryable;

  constructor(db: Queryable) {
    this.#db = db;
  }

  /**
   * Uses a token for a message, durably. Times are the database's.
   * @returns false when it was used for another message. Rejects only when the database does not answer.
   */
  async use(token: string, message: Uint8Array): Promise<boolean> {
    const digest = createHash("sha256").update(message).digest("hex");
    const key = createHash("sha256").update(token).digest("hex");
    const [row] = await this.#db.query<{ digest: string }>(
      // Kept twice as long as a signature lasts, since it may also come from a clock that is ahead.
      `with old as (delete from delivery_tokens where seen_at < clock_timestamp() - $3::double precision * interval '1 ms')
       insert into delivery_tokens (token, digest, seen_at) values ($1, $2, clock_timestamp())
       on conflict (token) do update set digest = delivery_tokens.digest returning digest`,
      [key, digest, 2 * MAX_DELIVERY_AGE_MS],
      "use_delivery_token",
    );
    return row?.digest === digest;
  }
}

/** @param seconds since 1970, as text. @returns whether it is within 15 minutes of now. */
export function isRecent(seconds: string, now: number): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(now - Number(seconds) * 1000) <= MAX_DELIVERY_AGE_MS;
}
