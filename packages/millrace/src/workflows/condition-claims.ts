/**
 * What a condition says of numbers, for the linter: given by those who made it (`above`, `entered`), or read from the
 * source of a test that compares with plain numbers and does nothing else:
 * `when("is hot", ({ event }) => (event.data.to ?? 0) > 85)`. Of every other test nothing is said.
 */
import type { Condition } from "./condition.ts";
import {
  both,
  type Comparison,
  complement,
  contains,
  EVERYTHING,
  NOTHING,
  type NumberClaim,
  type NumberSet,
  numbersThat,
  type Otherwise,
} from "./number-set.ts";

const known = new WeakMap<Condition, readonly NumberClaim[]>();

/** @returns one claim for each number it is about; [] when nothing is known. All of them have to hold. */
export function claimsOf(condition: Condition): readonly NumberClaim[] {
  const before = known.get(condition);
  if (before !== undefined) return before;
  const claims = worthSaying(find(condition));
  known.set(condition, claims);
  return claims;
}

function find(condition: Condition): readonly NumberClaim[] {
  if (condition.claims !== undefined) return condition.claims;
  if (condition.range !== undefined) {
    // That the score came into the range now, and not long ago already, is a part of it no set can say.
    return [{ of: "event.data.to", may: { spans: [condition.range], others: NOTHING.others }, must: NOTHING }];
  }
  if (condition.negates !== undefined) {
    const [claim, ...others] = claimsOf(condition.negates);
    if (claim === undefined || others.length > 0) return [];
    return [{ of: claim.of, may: complement(claim.must), must: complement(claim.may) }];
  }
  return readSource(String(condition.test));
}

/** A claim that lets everything through says nothing. */
function worthSaying(claims: readonly NumberClaim[]): readonly NumberClaim[] {
  return claims.filter(({ may }) => complement(may).spans.length > 0 || complement(may).others.size > 0);
}

/** `({ event: { data } }) => BODY` or `(facts) => BODY`, the body one expression and no name given anew. */
const FACT = String.raw`(?:event(?:\s*:\s*\{\s*data\s*\})?|before|after|now)`;
const ARROW = new RegExp(
  String.raw`^\(?\s*(\{\s*${FACT}(?:\s*,\s*${FACT})*\s*,?\s*\}|[A-Za-z_$][\w$]*)\s*\)?\s*=>\s*([^{][^]*)$`,
);
const PATH = String.raw`[A-Za-z_$][\w$]*(?:\s*\??\.\s*[A-Za-z_$][\w$]*)+`;
const NUMBER = String.raw`-?\d[\d_]*(?:\.\d+)?`;
const COMPARISON = new RegExp(
  String.raw`^\(?\s*(?:(?<path>${PATH})|\(\s*(?<defaulted>${PATH})\s*\?\?\s*0\s*\))\s*(?<sign>>=|<=|>|<)\s*(?<limit>${NUMBER})\s*\)?$`,
);
/** Longer ones compare more than a person writes with plain numbers. */
const LONGEST = 500;

function readSource(source: string): readonly NumberClaim[] {
  if (source.length > LONGEST) return [];
  const [, parameter, body] = ARROW.exec(source.trim()) ?? [];
  if (parameter === undefined || body === undefined) return [];
  const comparisons = body.split("&&").map((part) => readComparison(part.trim(), parameter.trim()));
  if (comparisons.some((claim) => claim === undefined)) return [];
  const byNumber = Map.groupBy(comparisons as { of: string; set: NumberSet }[], ({ of }) => of);
  return [...byNumber].map(([of, claims]) => {
    const may = claims.map(({ set }) => set).reduce(both, EVERYTHING);
    return { of, may, must: byNumber.size === 1 ? may : NOTHING };
  });
}

function readComparison(text: string, parameter: string): { of: string; set: NumberSet } | undefined {
  const { path, defaulted, sign, limit } = COMPARISON.exec(text)?.groups ?? {};
  const written = path ?? defaulted;
  if (written === undefined || limit === undefined) return undefined;
  const { spans } = numbersThat(sign as Comparison, Number(limit.replaceAll("_", "")));
  // As JavaScript compares: null and "" count as 0.
  const hasZero = contains({ spans, others: NOTHING.others }, 0);
  const others = new Set<Otherwise>(hasZero ? (defaulted === undefined ? ["empty"] : ["empty", "absent"]) : []);
  return { of: fullPath(written, parameter) + (defaulted === undefined ? "" : " ?? 0"), set: { spans, others } };
}

/** The same number has one name, however the facts are taken apart. */
function fullPath(written: string, parameter: string): string {
  const path = written.replace(/\s/g, "").replaceAll("?.", ".");
  if (!parameter.startsWith("{")) return path.startsWith(`${parameter}.`) ? path.slice(parameter.length + 1) : path;
  if (/event\s*:\s*\{\s*data\s*\}/.test(parameter) && path.startsWith("data.")) return `event.${path}`;
  return path;
}
