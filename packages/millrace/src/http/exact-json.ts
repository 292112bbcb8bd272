/**
 * What JSON allows and a value cannot hold: one name twice in an object, where the last would win in silence, and whole numbers
 * beyond 2^53, which would be written down as another number. Called by body.ts.
 */
import { isDeepStrictEqual } from "node:util";

/** A closing quote and a colon: the end of a key, or, seldom, of a text that begins with a colon. */
const KEY_END = /"\s*:/g;
const LONG_NUMBER = /\d{16}/;
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|-?\d[\d.eE+-]*/gs;

/** @returns the name that is there twice in one object, as it is written, or undefined. Only for text that is JSON. */
export function doubledKey(text: string, keys: number): string | undefined {
  // So many keys are in the value that was read: where the text shows no more, none was lost.
  if ((text.match(KEY_END)?.length ?? 0) === keys) return undefined;
  const open: (Set<string> | undefined)[] = [];
  let isKey = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    const names = open.at(-1);
    if (isKey && names !== undefined && token.startsWith('"')) {
      const name: string = JSON.parse(token);
      if (names.has(name)) return name;
      names.add(name);
    }
    isKey = names !== undefined && (token === "{" || token === ",");
  }
  return undefined;
}

/** @returns the first whole number that cannot be kept to the digit, as it is written, or undefined. Only for text that is JSON. */
export function inexactNumber(text: string): string | undefined {
  if (!LONG_NUMBER.test(text)) return undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (isInexact(token)) return token;
  }
  return undefined;
}

/** For JSON.parse: whole numbers that cannot be kept to the digit become the text they are written as. */
export function asWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source ?? "";
  return typeof value === "number" && isInexact(source) ? source : value;
}

function isInexact(token: string): boolean {
  return /^-?\d{16,}$/.test(token) && BigInt(token) !== BigInt(Number(token));
}

const PIECE = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s{}[\],:"]+/gs;

/**
 * A form in which a name stands twice, with all that was said under it: as a list, or once where it is the same. Only for text that
 * is JSON, read as far down as `depth`.
 * @returns undefined where it is nested deeper.
 */
export function withAllSaid(text: string, depth: number): unknown {
  const pieces = text.matchAll(PIECE);
  const next = () => pieces.next().value?.[0] ?? "";
  let isTooDeep = false;
  const read = (piece: string, left: number): unknown => {
    if (piece !== "{" && piece !== "[") return JSON.parse(piece, asWritten);
    if (left === 0) {
      isTooDeep = true;
      return undefined;
    }
    return piece === "[" ? listOf(left) : objectOf(left);
  };
  const listOf = (left: number) => {
    const list: unknown[] = [];
    for (let piece = next(); piece !== "]" && !isTooDeep; piece = next()) list.push(read(piece, left - 1));
    return list;
  };
  const objectOf = (left: number) => {
    const said: [name: string, value: unknown][] = [];
    for (let piece = next(); piece !== "}" && !isTooDeep; piece = next())
      said.push([JSON.parse(piece), read(next(), left - 1)]);
    const byName = Map.groupBy(said, ([name]) => name);
    // fromEntries defines own properties, so even "__proto__" is only a name here.
    return Object.fromEntries([...byName].map(([name, all]) => [name, together(all.map(([, value]) => value))]));
  };
  const value = read(next(), depth);
  return isTooDeep ? undefined : value;
}

function together(values: readonly unknown[]): unknown {
  const [first] = values;
  return values.every((value) => isDeepStrictEqual(value, first)) ? first : values.flat();
}
