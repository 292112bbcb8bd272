/**
 * Business time: when people work, and the moment by which so much of it has passed. The due times of human tasks
 * are counted in it, so that a lead of Friday night is not overdue on Monday morning.
 */
import { MillraceError } from "../base/errors.ts";
import { count, group, hourAndMinute, listOf, setting, timeZone } from "../settings/setting.ts";

export interface BusinessHours {
  /** The zone whose clocks count; its daylight saving time is followed. A time zone like "Europe/Berlin". Default: "UTC". */
  readonly timeZone: string;
  /** 1 is Monday, 7 is Sunday. A list; each: a whole number from 1 to 7. Default: [1,2,3,4,5]. */
  readonly days: readonly number[];
  /** Local time at which people begin. A time like "09:00", at most "24:00". Default: "09:00". */
  readonly from: string;
  /** Local time at which they end; "24:00" is midnight. A time like "09:00", at most "24:00". Default: "17:00". */
  readonly to: string;
}

export const businessHoursSettings = group({
  timeZone: setting("The zone whose clocks count; its daylight saving time is followed.", timeZone().default("UTC")),
  days: setting("1 is Monday, 7 is Sunday.", listOf(count({ max: 7 }), { min: 1, max: 7 }).default([1, 2, 3, 4, 5])),
  from: setting("Local time at which people begin.", hourAndMinute("09:00").default("09:00")),
  to: setting('Local time at which they end; "24:00" is midnight.', hourAndMinute("17:00").default("17:00")),
}).refine(doesEndLater, { path: ["to"], error: "a time later than `from`; hours over midnight are not expressed" });

export const defaultBusinessHours: BusinessHours = businessHoursSettings.parse({});

/** Both are "hh:mm", so their order is that of the alphabet. */
export function doesEndLater({ from, to }: { readonly from: string; readonly to: string }): boolean {
  return from < to;
}

/** Business time is all the time. */
export const alwaysOpen: BusinessHours = { timeZone: "UTC", days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "24:00" };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Every change of an offset in the zone database falls on a quarter of an hour; within one the offset is kept. */
const QUARTER_MS = 900_000;
const OFFSETS_KEPT = 4_096;

/** The offset of a zone (local time minus UTC, in milliseconds) at a moment. */
type Offset = (at: number) => number;

interface Compiled {
  readonly offset: Offset;
  /** Index 0 to 6 is Sunday to Saturday, as Date counts. */
  readonly isOpen: readonly boolean[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly isAlwaysOpen: boolean;
}

const compiled = new WeakMap<BusinessHours, Compiled>();

/**
 * The first moment by which `ms` of business time have passed since `at`; both in milliseconds.
 * Eight hours from Monday 9:00 end on Monday 17:00, not on Tuesday morning. Time on a day with a change of the
 * clocks is counted as it really passes.
 * @throws MillraceError invalid_config for hours that cannot be (see `checkedBusinessHours`).
 */
export function addBusinessTime(at: number, ms: number, hours: BusinessHours): number {
  const rules = compile(hours);
  if (rules.isAlwaysOpen || !(ms > 0) || !Number.isFinite(at + ms)) return at + Math.max(0, ms);
  let left = ms;
  for (let day = localDay(at, rules.offset); ; day += DAY_MS) {
    if (!rules.isOpen[new Date(day).getUTCDay()]) continue;
    const opens = Math.max(at, instantOf(day + rules.fromMs, rules.offset, "first"));
    const closes = instantOf(day + rules.toMs, rules.offset, "last");
    if (closes <= opens) continue;
    if (left <= closes - opens) return opens + left;
    left -= closes - opens;
  }
}

/** @throws MillraceError invalid_config naming the field that is wrong. */
export function checkedBusinessHours(hours: BusinessHours): BusinessHours {
  compile(hours);
  return hours;
}

function compile(hours: BusinessHours): Compiled {
  const known = compiled.get(hours);
  if (known !== undefined) return known;
  const fromMs = timeOfDay(hours.from, "from");
  const toMs = timeOfDay(hours.to, "to");
  if (fromMs >= toMs) throw invalid("to", `business hours from ${hours.from} to ${hours.to}`, "`to` later than `from`");
  if (hours.days.length === 0 || !hours.days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)) {
    throw invalid(
      "days",
      `business days [${hours.days.join(", ")}]`,
      "at least one number from 1 (Monday) to 7 (Sunday)",
    );
  }
  const isOpen = [7, 1, 2, 3, 4, 5, 6].map((day) => hours.days.includes(day));
  const isAlwaysOpen = fromMs === 0 && toMs === DAY_MS && isOpen.every(Boolean);
  const fresh: Compiled = { offset: offsetOf(hours.timeZone), isOpen, fromMs, toMs, isAlwaysOpen };
  compiled.set(hours, fresh);
  return fresh;
}

function timeOfDay(text: string, field: string): number {
  const [, hour, minute] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text) ?? [];
  const ms = (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
  if (!(ms <= DAY_MS))
    throw invalid(field, `business hours with \`${field}\` "${text}"`, 'a time like "09:00", at most "24:00"');
  return ms;
}

function invalid(field: string, saw: string, expected: string): MillraceError {
  return new MillraceError("invalid_config", {
    saw: `Saw ${saw}.`,
    expected,
    next: "correct `businessHours` in millrace.config.ts.",
    field: `businessHours.${field}`,
  });
}

/** Midnight of the local day, written as if it were UTC. */
function localDay(at: number, offset: Offset): number {
  const local = at + offset(at);
  return local - (((local % DAY_MS) + DAY_MS) % DAY_MS);
}

/**
 * The moment at which the zone's clocks show a local time. Shown twice (clocks go back): the first or last of the two.
 * Never shown (clocks go forward): as much later as the clocks jumped.
 */
function instantOf(local: number, offset: Offset, which: "first" | "last"): number {
  const before = offset(local - DAY_MS);
  const after = offset(local + DAY_MS);
  if (before === after) return local - before;
  const early = local - Math.max(before, after);
  const late = local - Math.min(before, after);
  const shown = [early, late].filter((instant) => instant + offset(instant) === local);
  return (which === "first" ? shown[0] : shown.at(-1)) ?? local - before;
}

/** Asking Intl takes about 2 µs, so answers are kept: leads that come together ask about the same days. */
function offsetOf(timeZone: string): Offset {
  if (timeZone === "UTC") return () => 0;
  const format = formatOf(timeZone);
  const kept = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    const known = kept.get(quarter);
    if (known !== undefined) return known;
    if (kept.size >= OFFSETS_KEPT) kept.clear();
    const offset = localTime(format, quarter * QUARTER_MS) - quarter * QUARTER_MS;
    kept.set(quarter, offset);
    return offset;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const shown = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone, hourCycle: "h23", ...shown });
  } catch {
    throw invalid(
      "timeZone",
      `business hours in the time zone "${timeZone}"`,
      'an IANA name like "Europe/Berlin" or "UTC"',
    );
  }
}

/** What the zone's clocks show, written as if it were UTC: "03/02/2026, 10:15:00". */
function localTime(format: Intl.DateTimeFormat, at: number): number {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (format.format(at).match(/\d+/g) ?? []).map(
    Number,
  );
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
