/**
 * Sets of values that a numeric condition lets through: stretches of numbers, and what is there instead of one. The
 * linter compares conditions by them: is all that this branch takes taken before it, do two branches share values.
 */

/** A stretch of numbers; each end is inside it or not. */
export interface Span {
  readonly from: number;
  readonly includesFrom: boolean;
  readonly to: number;
  readonly includesTo: boolean;
}

/** What stands where a number should: `null` or an empty text, nothing at all, a text that is no number. */
export type Otherwise = "empty" | "absent" | "text";

export interface NumberSet {
  /** In order, none touching the next. */
  readonly spans: readonly Span[];
  readonly others: ReadonlySet<Otherwise>;
}

/** What a condition says of one number. */
export interface NumberClaim {
  /** Which number, as an expression: "after.properties.numberofemployees". */
  readonly of: string;
  /** Every value for which the condition may hold. */
  readonly may: NumberSet;
  /** Every value for which it holds, whatever else is true; the same as `may` when it is about this number alone. */
  readonly must: NumberSet;
}

const OTHERS: readonly Otherwise[] = ["empty", "absent", "text"];
export const NOTHING: NumberSet = { spans: [], others: new Set() };
export const EVERYTHING: NumberSet = {
  spans: [{ from: -Infinity, includesFrom: true, to: Infinity, includesTo: true }],
  others: new Set(OTHERS),
};

export type Comparison = ">" | ">=" | "<" | "<=";

/** The numbers for which `value COMPARISON limit` holds. */
export function numbersThat(comparison: Comparison, limit: number): NumberSet {
  const isUp = comparison === ">" || comparison === ">=";
  const span: Span = {
    from: isUp ? limit : -Infinity,
    includesFrom: comparison !== ">",
    to: isUp ? Infinity : limit,
    includesTo: comparison !== "<",
  };
  return { spans: [span], others: new Set() };
}

export function contains({ spans }: NumberSet, value: number): boolean {
  return spans.some(
    (span) =>
      (value > span.from || (span.includesFrom && value === span.from)) &&
      (value < span.to || (span.includesTo && value === span.to)),
  );
}

export function both(a: NumberSet, b: NumberSet): NumberSet {
  const spans = a.spans.flatMap((one) => b.spans.map((other) => shared(one, other))).filter((span) => !isVoid(span));
  return { spans, others: a.others.intersection(b.others) };
}

export function complement({ spans, others }: NumberSet): NumberSet {
  let rest = EVERYTHING.spans;
  for (const span of spans) {
    const outside: readonly Span[] = [
      { from: -Infinity, includesFrom: true, to: span.from, includesTo: !span.includesFrom },
      { from: span.to, includesFrom: !span.includesTo, to: Infinity, includesTo: true },
    ];
    rest = both({ spans: rest, others: NOTHING.others }, { spans: outside, others: NOTHING.others }).spans;
  }
  return { spans: rest, others: EVERYTHING.others.difference(others) };
}

export function either(a: NumberSet, b: NumberSet): NumberSet {
  return complement(both(complement(a), complement(b)));
}

export function isNothing({ spans, others }: NumberSet): boolean {
  return spans.length === 0 && others.size === 0;
}

/** Is all of `inner` in `outer`? */
export function isWithinSet(inner: NumberSet, outer: NumberSet): boolean {
  return isNothing(both(inner, complement(outer)));
}

/** "above 70 to 85"; of several stretches "0 to 10 and above 85". */
export function nameOfSet({ spans }: NumberSet): string {
  return spans.map(nameOfSpan).join(" and ");
}

/** In words, since the signs for an end that is inside and one that is not are known to few: "70 to below 85", "85 or more". */
export function nameOfSpan({ from, includesFrom, to, includesTo }: Span): string {
  if (from === -Infinity && to === Infinity) return "any number";
  if (from === -Infinity) return includesTo ? `${to} or less` : `below ${to}`;
  if (to === Infinity) return includesFrom ? `${from} or more` : `above ${from}`;
  return from === to ? String(from) : `${includesFrom ? "" : "above "}${from} to ${includesTo ? "" : "below "}${to}`;
}

function shared(a: Span, b: Span): Span {
  const lower = a.from > b.from || (a.from === b.from && !a.includesFrom) ? a : b;
  const upper = a.to < b.to || (a.to === b.to && !a.includesTo) ? a : b;
  return { from: lower.from, includesFrom: lower.includesFrom, to: upper.to, includesTo: upper.includesTo };
}

function isVoid({ from, includesFrom, to, includesTo }: Span): boolean {
  return from > to || (from === to && !(includesFrom && includesTo)) || (Math.abs(from) === Infinity && from === to);
}
