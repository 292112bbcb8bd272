/** The settings of the language model: `models.*` in millrace.config.ts. Without them no model is asked and nothing leaves. */
import type { z } from "zod";
import type { Duration } from "../base/clock.ts";
import {
  address,
  amount,
  byName,
  count,
  duration,
  flag,
  group,
  listOf,
  oneOf,
  secret,
  setting,
  text,
} from "../settings/setting.ts";

/** Agents that ask a model where it is switched on. */
export type AskingAgent = "reply_classifier" | "data_enricher" | "outreach_agent" | "lead_qualifier" | "summariser";
export const ASKING_AGENTS = [
  "reply_classifier",
  "data_enricher",
  "outreach_agent",
  "lead_qualifier",
  "summariser",
] as const satisfies readonly AskingAgent[];
const DEFAULT_AGENTS: readonly AskingAgent[] = ["reply_classifier", "data_enricher"];

export interface ModelPrice {
  /** For a million tokens of input. A number from 0 to 10,000 US dollars. */
  readonly input: number;
  /** For a million tokens of output. A number from 0 to 10,000 US dollars. */
  readonly output: number;
  /** For a million tokens of input the provider had in its cache. A number from 0 to 10,000 US dollars. Default: as `input`. */
  readonly cached?: number;
}

export interface ModelCaps {
  /** One task, over all its attempts. A number from 0 to 10,000 US dollars. Default: 0.25. */
  readonly perTaskUsd?: number;
  /** One contact, in 30 days. A number from 0 to 10,000 US dollars. Default: 1. */
  readonly perContactUsd?: number;
  /** All together on one day, which ends at midnight UTC. A number from 0 to 100,000 US dollars. Default: 10. */
  readonly perDayUsd?: number;
}

export interface ModelSettings {
  /** Whose API is spoken. One of "anthropic", "openai-compatible". Default: "anthropic". */
  readonly provider?: "anthropic" | "openai-compatible";
  /** Which model answers. A text of 1 to 200 characters. Default: "claude-sonnet-5-5". */
  readonly model?: string;
  /** Where the API is, with its version. An address like http://127.0.0.1:11434/v1. Default: the provider's own. */
  readonly baseUrl?: string;
  /** The key; the environment is the better place for it. A text. Default: none. Environment: ANTHROPIC_API_KEY. */
  readonly apiKey?: string;
  /** Agents that may ask. A list; each: one of "reply_classifier", "outreach_agent", "lead_qualifier", "summariser". Default: ["reply_classifier"]. */
  readonly agents?: readonly AskingAgent[];
  /** The longest answer. A whole number of tokens from 100 to 100,000. Default: 4,000. */
  readonly maxOutputTokens?: number;
  /** One question may take this long. A number and a unit, like "90s", "30m", "4h" or "2d", from 1s, at most 10m. Default: "30s". */
  readonly timeout?: Duration;
  /** What may be spent. At a cap nothing is asked, a person does the work, and admins are alerted once. */
  readonly caps?: ModelCaps;
  /** Prices of models that are not in the built-in list, or in place of it. An object, by name. Default: none. */
  readonly prices?: Readonly<Record<string, ModelPrice>>;
  /** Whether the whole question is kept beside its hash. true or false. Default: false. */
  readonly keepRequests?: boolean;
}

const usd = (max: number) => amount({ max, unit: "US dollars" });

export const modelSettings = group({
  provider: setting("Whose API is spoken.", oneOf("anthropic", "openai-compatible").default("anthropic")),
  model: setting("Which model answers.", text({ sample: "claude-sonnet-5-5", max: 200 }).default("claude-sonnet-5-5")),
  baseUrl: setting(
    "Where the API is, with its version.",
    address(["http", "https"], "http://127.0.0.1:11434/v1").optional(),
    { unset: "the provider's own" },
  ),
  apiKey: setting("The key; the environment is the better place for it.", secret().optional(), {
    env: "ANTHROPIC_API_KEY",
    unset: "none",
  }),
  agents: setting("Agents that may ask.", listOf(oneOf(...ASKING_AGENTS)).default([...DEFAULT_AGENTS])),
  maxOutputTokens: setting("The longest answer.", count({ min: 100, max: 100_000, unit: "tokens" }).default(4_000)),
  timeout: setting("One question may take this long.", duration({ min: "1s", max: "10m" }).default("30s")),
  caps: setting(
    "What may be spent. At a cap nothing is asked, a person does the work, and admins are alerted once.",
    group({
      perTaskUsd: setting("One task, over all its attempts.", usd(10_000).default(0.25)),
      perContactUsd: setting("One contact, in 30 days.", usd(10_000).default(1)),
      perDayUsd: setting("All together on one day, which ends at midnight UTC.", usd(100_000).default(10)),
    }).prefault({}),
  ),
  prices: setting(
    "Prices of models that are not in the built-in list, or in place of it.",
    byName(
      group({
        input: setting("For a million tokens of input.", usd(10_000)),
        output: setting("For a million tokens of output.", usd(10_000)),
        cached: setting("For a million tokens of input the provider had in its cache.", usd(10_000).optional(), {
          unset: "as `input`",
        }),
      }),
    ).default({}),
  ),
  keepRequests: setting("Whether the whole question is kept beside its hash.", flag().default(false)),
});

/** The settings in force. */
export type ModelRules = z.output<typeof modelSettings>;
