/** Keeps an answer short enough for a model: long texts are cut, then long lists, and it is said what was cut. Pure. */

/** An answer as JSON has at most so many characters: some 8,000 tokens. */
export const MAX_ANSWER_LENGTH = 30_000;
const MAX_TEXT_LENGTH = 2_000;
/** Of texts, when cutting lists was not enough. */
const MIN_TEXT_LENGTH = 200;

export interface Cut {
  /** Where the list is: "events", "chain.2.decisions". */
  readonly list: string;
  readonly shown: number;
  readonly of: number;
}

export interface Bounded {
  /** undefined: it cannot be made short enough. */
  readonly answer: object | undefined;
  readonly cuts: readonly Cut[];
  /** How many texts were cut. */
  readonly shortened: number;
}

/** @returns a copy; the first items of each list stay. */
export function bounded(answer: object, longest = MAX_ANSWER_LENGTH): Bounded {
  const texts = { shortened: 0 };
  const copy = withTextsOf(answer, MAX_TEXT_LENGTH, texts) as object;
  const cuts = cutLists(copy, longest);
  if (isShort(copy, longest)) return { answer: copy, cuts, shortened: texts.shortened };
  const shorter = { shortened: 0 };
  const again = withTextsOf(copy, MIN_TEXT_LENGTH, shorter) as object;
  const shortened = texts.shortened + shorter.shortened;
  return { answer: isShort(again, longest) ? again : undefined, cuts, shortened };
}

function isShort(value: unknown, longest: number): boolean {
  return JSON.stringify(value).length <= longest;
}

function withTextsOf(value: unknown, longest: number, count: { shortened: number }): unknown {
  if (typeof value === "string") {
    if (value.length <= longest) return value;
    count.shortened += 1;
    return `${value.slice(0, longest).toWellFormed()}… [${value.length - longest} more characters]`;
  }
  if (Array.isArray(value)) return value.map((one) => withTextsOf(one, longest, count));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withTextsOf(one, longest, count)]));
}

interface List {
  readonly path: string;
  readonly items: unknown[];
}

/** The longest list is halved until all of it is short: of lists within lists, the many go before the few. */
function cutLists(answer: object, longest: number): Cut[] {
  const lengths = new Map<string, number>();
  while (!isShort(answer, longest)) {
    const [first] = listsOf(answer, "").sort((a, b) => b.items.length - a.items.length);
    if (first === undefined || first.items.length < 2) break;
    const { path, items } = first;
    if (!lengths.has(path)) lengths.set(path, items.length);
    items.length = Math.ceil(items.length / 2);
  }
  const left = new Map(listsOf(answer, "").map(({ path, items }) => [path, items.length]));
  // What stood within an item that is gone is gone with it.
  return [...lengths].flatMap(([list, of]) => {
    const shown = left.get(list);
    return shown === undefined ? [] : [{ list, shown, of }];
  });
}

function listsOf(value: unknown, path: string): List[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.entries(value).flatMap(([key, one]) => listsOf(one, path === "" ? key : `${path}.${key}`));
  return Array.isArray(value) ? [{ path, items: value }, ...below] : below;
}
