/**
 * What models cost, in US dollars for a million tokens. Data with a date, since prices change: `models.prices` wins over it.
 * Source: platform.claude.com/docs/en/about-claude/pricing, "Model pricing", as of November 2026.
 */
import type { ModelPrice } from "./model-settings.ts";

export const PRICES_AS_OF = "2026-11";

/** By the beginning of the model's name; the longest that fits. */
const PRICES: Readonly<Record<string, ModelPrice>> = {
  "claude-fable-5-1": { input: 10, output: 50, cached: 0.25 },
  "claude-fable-5": { input: 10, output: 50, cached: 1 },
  "claude-opus-5-5": { input: 4, output: 20, cached: 0.2 },
  "claude-opus-5": { input: 5, output: 25, cached: 0.5 },
  "claude-opus-4": { input: 5, output: 25, cached: 0.5 },
  "claude-opus-4-1": { input: 15, output: 75, cached: 1.5 },
  "claude-sonnet-5": { input: 2, output: 10, cached: 0.2 },
  "claude-sonnet-5-5": { input: 2, output: 10, cached: 0.1 },
  "claude-sonnet-4": { input: 3, output: 15, cached: 0.3 },
  // Of a prompt above 100,000 tokens: five times the price of a shorter one. No prompt of ours is so long.
  "claude-haiku-5-5": { input: 0.1, output: 0.5, cached: 0.01 },
  "claude-haiku-4-5": { input: 1, output: 5, cached: 0.1 },
};

const MILLION = 1_000_000;

/**
 * @param own `models.prices`: a whole name each.
 * @returns undefined for a model whose price is not known; a local one costs what its settings say, or nothing is asked of it.
 */
export function priceOf(model: string, own: Readonly<Record<string, ModelPrice>> = {}): ModelPrice | undefined {
  if (Object.hasOwn(own, model)) return own[model];
  const [known] = Object.keys(PRICES)
    .filter((name) => model === name || model.startsWith(`${name}-`))
    .toSorted((a, b) => b.length - a.length);
  return known === undefined ? undefined : PRICES[known];
}

export interface TokenCount {
  /** All tokens of input, those of the cache among them. */
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** @returns US dollars. */
export function costOf({ input, cached, output }: TokenCount, price: ModelPrice): number {
  const fresh = Math.max(0, input - cached);
  return (fresh * price.input + cached * (price.cached ?? price.input) + output * price.output) / MILLION;
}

/** Of a question before it is asked. @param bytes of it: no tokenizer makes more tokens than there are bytes. */
export function mostCostOf(bytes: number, maxOutputTokens: number, price: ModelPrice): number {
  return costOf({ input: bytes, cached: 0, output: maxOutputTokens }, price);
}
