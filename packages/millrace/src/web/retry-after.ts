/** How long a server asks to be left alone. */

/**
 * @param given the header Retry-After: seconds, or a date (RFC 9110, 10.2.3).
 * @returns milliseconds from now, below zero for a date that is past; undefined when it is neither, or not there.
 */
export function retryAfterMs(given: string | null | undefined): number | undefined {
  if (given === null || given === undefined || given === "") return undefined;
  const ms = /^\d+$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - Date.now();
  return Number.isFinite(ms) ? ms : undefined;
}
