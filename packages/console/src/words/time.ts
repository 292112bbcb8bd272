/** How times, spans and counts are written. Pure: the moment it is now is given. */

/** 45 → "45 ms", 3200 → "3.2 s", 400000 → "6 min" */
export function spanWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  if (ms < 172_800_000) return `${Math.floor(ms / 3_600_000)} h`;
  return `${Math.floor(ms / 86_400_000)} d`;
}

/** Counts stop at 10,001. The first number a page has written out costs it 13 ms: those that need no comma are not. */
export function countWords(count: number): string {
  if (Number.isInteger(count) && count >= 0 && count < 1_000) return String(count);
  return count > 10_000 ? "10,000+" : count.toLocaleString("en");
}

export function agoWords(at: number, now: number): string {
  const ms = now - at;
  if (ms < -60_000) return `in ${spanWords(-ms)}`;
  if (ms < 5_000) return "now";
  return ms < 60_000 ? `${Math.floor(ms / 1_000)} s ago` : `${spanWords(ms)} ago`;
}

/** "due in 12 min"; past today it says the day: "due Mon 09:15". */
export function dueWords(at: number, now: number): string {
  if (at < now) return `overdue by ${spanWords(now - at)}`;
  if (at - now < 3_600_000 || isSameDay(at, now)) return `due in ${spanWords(at - now)}`;
  return `due ${dayWords(at, now)} ${clockWords(at).slice(0, 5)}`;
}

/** 14:02:09 */
export function clockWords(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB");
}

/** "Today", "Yesterday", "Mon", "3 March", "3 March 2025" */
export function dayWords(at: number, now: number): string {
  if (isSameDay(at, now)) return "today";
  if (isSameDay(at, now - 86_400_000)) return "yesterday";
  if (isSameDay(at, now + 86_400_000)) return "tomorrow";
  const date = new Date(at);
  if (Math.abs(at - now) < 6 * 86_400_000) return date.toLocaleDateString("en-GB", { weekday: "short" });
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
  });
}

export function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

/** 3 of 4 → "75 %" */
export function shareWords(part: number, whole: number): string {
  return whole === 0 ? "–" : `${Math.round((part / whole) * 100)} %`;
}

/** "1 task", "3 tasks" */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countWords(count)} ${count === 1 ? one : many}`;
}

/** 0.0537 → "$0.05"; 12.3 → "$12.30" */
export function moneyWords(usd: number): string {
  if (usd === 0) return "$0";
  return usd < 0.01 ? "under $0.01" : `$${usd.toFixed(2)}`;
}
