/**
 * When someone who is away comes back, as their reply says it: "back on 12 March", "bis zum 12.03.", "until 3/12",
 * "wieder ab Montag", "in two weeks". A day is its midnight, UTC; the workflow adds a day before it writes again.
 */
import {
  INCLUSIVE_AFTER,
  INCLUSIVE_BEFORE,
  MONTHS,
  NUMBERS,
  oneOf,
  RETURN_CUE,
  SINCE_CUE,
  UNTIL_CUE,
  WEEKDAYS,
} from "./date-words.ts";
import type { ReplyLanguage } from "./reply-settings.ts";

const DAY_MS = 86_400_000;
/** No one is away for longer; a date beyond it was misread. */
const MAX_ABSENCE_MS = 3 * 366 * DAY_MS;
/** A day without a year that is further ahead than this is one that has just passed. */
const FURTHEST_WITHOUT_YEAR_MS = 305 * DAY_MS;
const CUE_LETTERS = 48;
const MAX_DATES = 50;

/** A day someone named, and what the words around it say of it; the weightiest wins, then the latest. */
interface Named {
  readonly at: number;
  readonly weight: number;
}

interface Reading {
  readonly plain: string;
  /** Midnight of the day the reply came. */
  readonly today: number;
  readonly isMonthFirst: boolean;
}

/**
 * @param plain text of `plainOf`.
 * @param receivedAt what "Monday" and "the 5th" are counted from; milliseconds.
 * @returns a midnight after `receivedAt` and at most three years away, or undefined when no such day is named.
 */
export function returnDate(plain: string, language: ReplyLanguage, receivedAt: number): number | undefined {
  const reading: Reading = {
    plain,
    today: Math.floor(receivedAt / DAY_MS) * DAY_MS,
    isMonthFirst: language === "en" && !namesDayFirst(plain),
  };
  // The exact ways of naming a day come first; the vaguer ones are asked when these say nothing.
  for (const find of [exactDates, unspacedDates, weekdays, daysOfMonth, spans, months]) {
    const named = find(reading).filter(({ at }) => at > receivedAt && at - receivedAt <= MAX_ABSENCE_MS);
    const best = named.sort((a, b) => b.weight - a.weight || b.at - a.at)[0];
    if (best !== undefined && best.weight > 0) return best.at;
  }
  return undefined;
}

const DAY = "(\\d{1,2})(?:st|nd|rd|th|er|\\.|º|°)?";
const YEAR = "(?:,? (?:de |del )?(20\\d\\d))?";
const MONTH = `(${oneOf(MONTHS)})\\b\\.?`;
const ISO = /(?<![\d.-])(20\d\d)-(\d{2})-(\d{2})(?!\d)/g;
const NUMERIC = /(?<![\d./-])(\d{1,2})([./-])(\d{1,2})(?:\2(20\d\d|\d\d)?)?(?![\d/]|\.\d)/g;
const DAY_MONTH = new RegExp(`(?<!\\d)${DAY} (?:of |de |di )?${MONTH}${YEAR}`, "g");
const MONTH_DAY = new RegExp(
  `\\b${MONTH} (?:the )?(?:\\d{1,2}(?:st|nd|rd|th)? ?(?:-|to|until) ?)?(\\d{1,2})(?:st|nd|rd|th)?\\b(?! ?[:h]\\d)${YEAR}`,
  "g",
);

/** The day and the month are named, maybe the year. */
function exactDates(reading: Reading): Named[] {
  const iso = each(ISO, reading, ([, y, m, d]) => dayOf(reading, Number(d), Number(m) - 1, y));
  const numeric = each(NUMERIC, reading, ([whole, a, separator, b, y]) => {
    if (whole === "24/7" || (separator === "-" && y === undefined)) return undefined;
    return numericDay(reading, Number(a), Number(b), separator === "/", y);
  });
  const dayMonth = each(DAY_MONTH, reading, ([, d, m, y]) => dayOf(reading, Number(d), MONTHS.get(m ?? "") ?? 0, y));
  const monthDay = each(MONTH_DAY, reading, ([, m, d, y]) => dayOf(reading, Number(d), MONTHS.get(m ?? "") ?? 0, y));
  return [...iso, ...numeric, ...dayMonth, ...monthDay];
}

/** "3/12" is 12 March to readers of English and 3 December to the others; the second reading is taken when the first cannot be. */
function numericDay(reading: Reading, a: number, b: number, hasSlash: boolean, year?: string): number | undefined {
  const dayFirst = dayOf(reading, a, b - 1, year);
  const monthFirst = dayOf(reading, b, a - 1, year);
  return hasSlash && reading.isMonthFirst
    ? (monthFirst ?? dayFirst)
    : (dayFirst ?? (hasSlash ? monthFirst : undefined));
}

/** Another date of the same text tells: "25/7 to 3/8" has the day first. */
function namesDayFirst(plain: string): boolean {
  return /(?<![\d/])(1[3-9]|2\d|3[01])\/\d{1,2}(?!\d)/.test(plain);
}

const UNSPACED = /(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})(?:日|号|號)/g;
const UNSPACED_RETURN =
  /^.{0,6}(?:に戻|より|から(?:出社|復帰|対応)|に復帰|に出社|回来|回來|返回|恢复|恢復|上班|回到|复工|回)/;
const UNSPACED_UNTIL = /^.{0,4}(?:まで|の間|为止|為止|之前|止|期间|期間)/;

/** "8月20日まで", "8月20日回来": what the day is stands behind it. */
function unspacedDates(reading: Reading): Named[] {
  return [...reading.plain.matchAll(UNSPACED)].slice(0, MAX_DATES).flatMap((match) => {
    const [whole, year, month, day] = match;
    const at = dayOf(reading, Number(day), Number(month) - 1, year);
    if (at === undefined) return [];
    const after = reading.plain.slice(match.index + whole.length, match.index + whole.length + CUE_LETTERS);
    const isUntil = UNSPACED_UNTIL.test(after);
    return [{ at: isUntil ? at + DAY_MS : at, weight: UNSPACED_RETURN.test(after) ? 3 : isUntil ? 2 : 1 }];
  });
}

const WEEKDAY = new RegExp(`\\b(${oneOf(WEEKDAYS)})s?\\b`, "g");
const NEXT_WEEK =
  /\b(next week|(nachste|kommende) woche|la semaine prochaine|la (proxima semana|semana que viene)|(la )?(prossima settimana|settimana prossima)|volgende week)\b/g;
const TOMORROW = /\b(tomorrow|morgen|demain|manana|domani)\b/g;

/** The next such weekday; "next week" alone is its Monday. */
function weekdays(reading: Reading): Named[] {
  const { today } = reading;
  const named = each(
    WEEKDAY,
    reading,
    ([, name]) => today + (ahead(today, WEEKDAYS.get(name ?? "") ?? 0) || 7) * DAY_MS,
  );
  if (named.some(({ weight }) => weight > 0)) return named;
  const nextWeek = each(NEXT_WEEK, reading, () => today + (ahead(today, 1) || 7) * DAY_MS);
  return [...nextWeek, ...each(TOMORROW, reading, () => today + DAY_MS)];
}

const DAY_OF_MONTH = new RegExp(
  `\\b(?:the|zum|dem|am|den|le|au|el|al|il|de) (\\d{1,2})(?:st|nd|rd|th|\\.|e)?(?![\\d:.]|\\s?(?:uhr|h\\b|am\\b|pm\\b|${oneOf(MONTHS)}))`,
  "g",
);

/** "until the 5th": of this month, or of the next one. */
function daysOfMonth(reading: Reading): Named[] {
  const today = new Date(reading.today);
  return each(DAY_OF_MONTH, reading, ([, d]) => {
    const months = [today.getUTCMonth(), today.getUTCMonth() + 1];
    return months
      .map((month) => validDay(today.getUTCFullYear() + Math.floor(month / 12), month % 12, Number(d)))
      .find((at) => at !== undefined && at > reading.today);
  });
}

const SPAN = new RegExp(
  `\\b(?:in|for|fur|dans|pour|pendant|en|dentro de|por|tra|fra|per|over|voor|the next|die nachsten|die kommenden) (\\d{1,2}|${oneOf(NUMBERS)}) (days?|weeks?|months?|tagen?|wochen?|monaten?|jours?|semaines?|mois|dias?|semanas?|mes(?:es)?|giorn[oi]|settiman[ae]|mes[ei]|dag(?:en)?|wek?en|week|maand(?:en)?)\\b`,
  "g",
);

/** "in two weeks", "for 10 days". */
function spans(reading: Reading): Named[] {
  return each(SPAN, reading, ([, count = "", unit = ""]) => {
    const days = /^(w|se)/.test(unit) ? 7 : /^m/.test(unit) ? 30 : 1;
    return reading.today + (NUMBERS.get(count) ?? Number(count)) * days * DAY_MS;
  }).map((named) => ({ ...named, weight: 1 }));
}

const ONLY_MONTH = new RegExp(
  `\\b(until|till|bis|through|in|im|ab|en|jusqu'en|jusqu'a|hasta|fino a|a|tot|tot in|vanaf|au mois de) ((?:the )?end of |ende |(?:la )?fin (?:de |d')|finales de |fine |eind )?${MONTH}${YEAR}`,
  "g",
);

/** "until September" is its first day, "until the end of August" the day after its last. */
function months(reading: Reading): Named[] {
  return each(ONLY_MONTH, reading, ([, , end, m, y]) => {
    const month = (MONTHS.get(m ?? "") ?? 0) + (end ? 1 : 0);
    return dayOf(reading, 1, month % 12, month > 11 && y ? String(Number(y) + 1) : y);
  }).map((named) => ({ ...named, weight: 1 }));
}

function each(pattern: RegExp, { plain }: Reading, dayFrom: (match: RegExpMatchArray) => number | undefined): Named[] {
  return [...plain.matchAll(pattern)].slice(0, MAX_DATES).flatMap((match) => {
    const at = dayFrom(match);
    if (at === undefined) return [];
    const before = plain.slice(Math.max(0, match.index - CUE_LETTERS), match.index);
    const after = plain.slice(match.index + match[0].length, match.index + match[0].length + CUE_LETTERS);
    const isLastDay = INCLUSIVE_BEFORE.test(before) || INCLUSIVE_AFTER.test(after);
    return [{ at: isLastDay ? at + DAY_MS : at, weight: weightOf(before) }];
  });
}

/** 3: the day of the return; 2: the end of the absence; 0: its beginning. */
function weightOf(before: string): number {
  // "on Monday, 9 June": what stands before the weekday counts.
  const cue = before.replace(WEEKDAY_BEFORE, "");
  if (RETURN_CUE.test(cue)) return 3;
  if (UNTIL_CUE.test(cue)) return 2;
  return SINCE_CUE.test(cue) ? 0 : 1;
}
const WEEKDAY_BEFORE = new RegExp(`(${oneOf(WEEKDAYS)})[ ,.]*(the |den |dem |le |el |il )?$`);

function dayOf({ today }: Reading, day: number, month: number, year?: string): number | undefined {
  if (year !== undefined) return validDay(Number(year) + (year.length === 2 ? 2000 : 0), month, day);
  const thisYear = new Date(today).getUTCFullYear();
  const at = [thisYear, thisYear + 1]
    .map((y) => validDay(y, month, day))
    .find((day) => day !== undefined && day >= today);
  return at !== undefined && at - today <= FURTHEST_WITHOUT_YEAR_MS ? at : undefined;
}

/** @returns undefined for a day the calendar does not have. */
function validDay(year: number, month: number, day: number): number | undefined {
  const at = Date.UTC(year, month, day);
  const date = new Date(at);
  return month >= 0 && date.getUTCMonth() === month && date.getUTCDate() === day ? at : undefined;
}

/** Days from one day to the next such weekday; 0 when it is that day. */
function ahead(from: number, weekday: number): number {
  return (weekday - new Date(from).getUTCDay() + 7) % 7;
}
