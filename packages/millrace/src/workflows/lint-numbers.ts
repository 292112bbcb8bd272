/**
 * Which numbers a condition of a user's own lets through, where it asks for one number and nothing else: `when("over 70",
 * ({ event }) => event.data.to > 70)`. Its text says which number it asks for; trying it out says which ones it takes, also
 * where the limit is a constant of the file. Conditions that ask for more are left alone. Called by lint.ts.
 */
import type { Condition, ScoreRange } from "./condition.ts";

/** Numbers that are tried, ascending, and which of them are taken. */
export interface NumberTest {
  /** The number it asks for: "event.data.to". */
  readonly path: string;
  readonly takes: readonly boolean[];
}

const LARGEST = 10_000_000;
const GRID = gridOf();

/** Halves between 0 and 100, where scores live, then ever wider steps. */
function gridOf(): readonly number[] {
  const grid = [-1];
  for (let value = 0; value <= 200; value++) grid.push(value / 2);
  for (let value = 101; value <= LARGEST; value = Math.ceil(value * 1.05)) grid.push(value);
  return grid;
}

export function showNumber(index: number): number {
  return GRID[index] ?? Number.NaN;
}

const PARAMETER = /^\s*(?:async\s*)?\(?\s*(\{[^{}]*\}|[A-Za-z_$][\w$]*)[^)=]*\)?\s*=>\s*/;
const PATH = /[A-Za-z_$][\w$]*(?:\s*\??\.\s*[A-Za-z_$][\w$]*|\s*\[\s*"[\w$]+"\s*\])*/g;
const WORDS_OF_THE_LANGUAGE = new Set(["return", "const", "null", "undefined", "true", "false", "Number"]);

/** @returns undefined for a condition that asks for anything but one number. */
export function numberTestOf(condition: Condition<never> | undefined): NumberTest | undefined {
  if (condition === undefined) return undefined;
  if (condition.range !== undefined) return ofRange(condition.range);
  const path = pathAskedFor(Function.prototype.toString.call(condition.test));
  if (path === undefined) return undefined;
  try {
    return { path, takes: GRID.map((value) => condition.test(factsWith(path, value) as never) === true) };
  } catch {
    // It asks for more than its text shows.
    return undefined;
  }
}

/** Of the engine's own conditions on scores: they take a part of the range, never more. */
function ofRange({ from, to, includesFrom, includesTo }: ScoreRange): NumberTest {
  const takes = GRID.map(
    (value) => (includesFrom ? value >= from : value > from) && (includesTo ? value <= to : value < to),
  );
  return { path: "event.data.to", takes };
}

function pathAskedFor(text: string): string | undefined {
  const parameter = PARAMETER.exec(text);
  if (parameter === null) return undefined;
  const body = text.slice(parameter[0].length);
  // Texts, calls and equality ask for something else than how large a number is.
  if (/["'`]|[=!]==?(?!=)|=>|\bnew\b|\bawait\b/.test(body.replaceAll(/\[\s*"[\w$]+"\s*\]/g, ""))) return undefined;
  if (!/[<>]/.test(body)) return undefined;
  const roots = rootsOf(parameter[1] ?? "");
  const paths = new Set<string>();
  for (const [found] of body.matchAll(PATH)) {
    const path = found.replaceAll(/\s|\?/g, "").replaceAll(/\["([\w$]+)"\]/g, ".$1");
    const [root = "", ...rest] = path.split(".");
    if (WORDS_OF_THE_LANGUAGE.has(root)) continue;
    const isAsked = roots === "facts" ? root === parameter[1] : roots.has(root);
    if (!isAsked) continue;
    paths.add(roots === "facts" ? rest.join(".") : path);
  }
  const [only, ...more] = paths;
  const isCall = /[\w$\])]\s*\((?!\s*\))/.test(
    body.replaceAll(/\bNumber\s*\(/g, "(").replaceAll(/\breturn\s*\(/g, "("),
  );
  return more.length === 0 && !isCall && only?.includes(".") ? only : undefined;
}

/** Names taken out of the facts; "facts" where they have one name as a whole. */
function rootsOf(parameter: string): ReadonlySet<string> | "facts" {
  if (!parameter.startsWith("{")) return "facts";
  return new Set(["event", "before", "after"].filter((name) => new RegExp(`\\b${name}\\b(?!\\s*:)`).test(parameter)));
}

function factsWith(path: string, value: number): object {
  const facts = {
    event: { type: "", data: {} },
    before: { properties: {}, facts: {} },
    after: { properties: {}, facts: {} },
    now: 0,
  };
  let at: Record<string, unknown> = facts as unknown as Record<string, unknown>;
  const names = path.split(".");
  for (const name of names.slice(0, -1)) {
    if (typeof at[name] !== "object" || at[name] === null) at[name] = {};
    at = at[name] as Record<string, unknown>;
  }
  at[names.at(-1) ?? ""] = value;
  return facts;
}
