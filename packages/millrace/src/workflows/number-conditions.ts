/**
 * Conditions on one number, named by themselves: the linter knows what they let through, so that a branch that can never
 * be taken, or that shares values with another one, is found before the workflow runs. A text says a number as people write it
 * ("1,200"), or a range ("201-500", "500+"), which holds where all of it does (number-range.ts).
 */
import type { Condition, Facts } from "./condition.ts";
import { rangeIn } from "./number-range.ts";
import { both, type Comparison, contains, numbersThat } from "./number-set.ts";

/** Which number: a property of the contact, by its name, or a field of the event's data. */
export type NumberOf = string | { readonly data: string };

// biome-ignore lint/suspicious/noExplicitAny: a number of the contact is there with every event.
type Any = any;

/** The number is more than `limit`. A value that is missing or no number is not. */
export function above(number: NumberOf, limit: number): Condition<Any> {
  return compares(number, [[">", limit]]);
}

/** The number is `limit` or more. A value that is missing or no number is not. */
export function atLeast(number: NumberOf, limit: number): Condition<Any> {
  return compares(number, [[">=", limit]]);
}

/** The number is less than `limit`. A value that is missing or no number is not. */
export function below(number: NumberOf, limit: number): Condition<Any> {
  return compares(number, [["<", limit]]);
}

/** The number is `limit` or less. A value that is missing or no number is not. */
export function atMost(number: NumberOf, limit: number): Condition<Any> {
  return compares(number, [["<=", limit]]);
}

/**
 * The number is from `from` to `to`, both of them included. A value that is missing or no number is not.
 * @example
 * branch("mid-size", between("numberofemployees", 50, 500), task("send_outreach"))
 */
export function between(number: NumberOf, from: number, to: number): Condition<Any> {
  return compares(number, [
    [">=", from],
    ["<=", to],
  ]);
}

function compares(number: NumberOf, comparisons: readonly (readonly [Comparison, number])[]): Condition<Any> {
  const set = comparisons.map(([comparison, limit]) => numbersThat(comparison, limit)).reduce(both);
  const label = typeof number === "string" ? number : number.data;
  const of = typeof number === "string" ? `after.properties.${number}` : `event.data.${number.data}`;
  return {
    name: comparisons.map(([comparison, limit]) => `${label} ${comparison} ${limit}`).join(" and "),
    claims: [{ of, may: set, must: set }],
    test: (facts: Facts<Any>) => {
      const range = rangeIn(
        typeof number === "string" ? facts.after?.properties[number] : facts.event.data?.[number.data],
      );
      return range?.every((end) => contains(set, end)) ?? false;
    },
  };
}
