/** The settings of the reply classifier: `replies.*` in millrace.config.ts. */
import { type Duration, durationMs } from "../../base/clock.ts";
import { checkedSettings } from "../../settings/check.ts";
import { code, duration, group, listOf, oneOf, setting, share } from "../../settings/setting.ts";
import type { SecondOpinion } from "./second-opinion.ts";

/** The languages the rules are written in. */
export const REPLY_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "ja", "zh"] as const;
export type ReplyLanguage = (typeof REPLY_LANGUAGES)[number];

export interface ReplyClassifierSettings {
  /** Confidence from which a reply is acted on; below it a person reads it. A number from 0 to 1. Default: 0.8. */
  readonly sureFrom?: number;
  /** How long a contact who says "not now" is left in peace. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "90d". */
  readonly coolOff?: Duration;
  /** Languages whose rules are read; the model and the opt-out words read all. A list; each: one of "en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "ja", "zh". Default: ["en","de","fr","es","it","nl","pt","pl","sv","da","ja","zh"]. */
  readonly languages?: readonly ReplyLanguage[];
  /** Asked when a reply could not be read for sure: a port for a language model. What it says ends nothing. A second opinion: `{ name, ask(question, { signal }) }`. Default: none; a person reads. */
  readonly secondOpinion?: SecondOpinion;
}

export interface ReplyRules {
  readonly sureFrom: number;
  readonly coolOffMs: number;
  readonly languages: readonly ReplyLanguage[];
  readonly secondOpinion?: SecondOpinion | undefined;
}

/** Chosen so that what is acted on is right at least 93 times of 100 (docs/reply-classifier.md). */
export const DEFAULT_SURE_FROM = 0.8;

export const replySettings = group({
  sureFrom: setting(
    "Confidence from which a reply is acted on; below it a person reads it.",
    share().default(DEFAULT_SURE_FROM),
  ),
  coolOff: setting('How long a contact who says "not now" is left in peace.', duration().default("90d")),
  languages: setting(
    "Languages whose rules are read; the model and the opt-out words read all.",
    listOf(oneOf(...REPLY_LANGUAGES)).default([...REPLY_LANGUAGES]),
  ),
  secondOpinion: setting(
    "Asked when a reply could not be read for sure: a port for a language model. What it says ends nothing.",
    code<SecondOpinion>(
      ({ name, ask }) => typeof name === "string" && /^.{1,50}$/u.test(name) && typeof ask === "function",
      "a second opinion: `{ name, ask(question, { signal }) }`",
      { name: "mine", ask: async () => undefined },
    ).optional(),
    { unset: "none; a person reads" },
  ),
});

/** The settings with their defaults, durations in milliseconds. @throws MillraceError invalid_config. */
export function replyRules(settings: ReplyClassifierSettings = {}): ReplyRules {
  const { sureFrom, coolOff, languages, secondOpinion } = checkedSettings(replySettings, settings, {
    source: "Settings of the reply classifier",
    prefix: "replies",
  });
  return { sureFrom, coolOffMs: durationMs(coolOff), languages, secondOpinion };
}
