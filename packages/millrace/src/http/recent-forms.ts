/**
 * Forms of the last minute that came without a key, by their content: a double click, or a page that sends twice, is one
 * submission. Held by the gateway, asked by routes/forms.ts.
 */
import { createHash } from "node:crypto";

const WITHIN_MS = 60_000;
const MAX_FORMS = 10_000;

export class RecentForms {
  /** The oldest first. */
  readonly #seen = new Map<string, number>();

  /**
   * The id under which the content is recorded: the same for the same content within a minute of the first time. Another
   * gateway gives the same id within the same minute of the clock, which the log recognises.
   * @param now milliseconds.
   */
  idOf(content: string, now: number): string {
    const hash = contentHash(content);
    this.#forgetBefore(now - WITHIN_MS);
    const first = this.#seen.get(hash) ?? now;
    if (first === now) this.#seen.set(hash, now);
    return `content:${hash}:${Math.floor(first / WITHIN_MS)}`;
  }

  #forgetBefore(time: number): void {
    for (const [hash, at] of this.#seen) {
      if (at > time && this.#seen.size <= MAX_FORMS) return;
      this.#seen.delete(hash);
    }
  }
}

/** Short enough for an id, long enough never to meet another. */
export function contentHash(content: string): string {
  return createHash("sha256").update(content).digest("base64url").slice(0, 32);
}
