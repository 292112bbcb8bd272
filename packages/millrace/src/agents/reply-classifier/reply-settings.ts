/** The settings of the reply classifier: `replies.*` in millrace.config.ts. */
import { type Duration, durationMs } from "../../clock.ts";
import { didYouMean, MillraceError } from "../../errors.ts";

/** The languages the rules are written in. */
export const REPLY_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "ja", "zh"] as const;
export type ReplyLanguage = (typeof REPLY_LANGUAGES)[number];

export interface ReplyClassifierSettings {
  /** Confidence from which a reply is acted on; below it a person reads it. From 0 to 1. Default 0.8. */
  readonly sureFrom?: number;
  /** How long somebody who says "not now" is left in peace. Default "90d". */
  readonly coolOff?: Duration;
  /** Languages whose rules are read: "en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "ja", "zh"; the model and the opt-out words read all. Default: all. */
  readonly languages?: readonly ReplyLanguage[];
}

export interface ReplyRules {
  readonly sureFrom: number;
  readonly coolOffMs: number;
  readonly languages: readonly ReplyLanguage[];
}

/** Chosen so that what is acted on is right at least 93 times of 100 (docs/reply-classifier.md). */
export const DEFAULT_SURE_FROM = 0.8;

/** @throws MillraceError invalid_config. */
export function checkedReplySettings(settings: ReplyClassifierSettings = {}): ReplyRules {
  const { sureFrom = DEFAULT_SURE_FROM, coolOff = "90d", languages = REPLY_LANGUAGES } = settings;
  if (!(sureFrom >= 0 && sureFrom <= 1)) throw wrong("sureFrom", sureFrom, "a number from 0 to 1");
  const stranger = languages.find((language) => !REPLY_LANGUAGES.includes(language));
  if (stranger !== undefined) {
    throw wrong("languages", stranger, `some of ${REPLY_LANGUAGES.join(", ")}${didYouMean(stranger, REPLY_LANGUAGES)}`);
  }
  return { sureFrom, coolOffMs: coolOffOf(coolOff), languages };
}

function coolOffOf(coolOff: Duration): number {
  try {
    return durationMs(coolOff);
  } catch {
    throw wrong("coolOff", coolOff, 'a number and a unit, like "90d"');
  }
}

function wrong(name: string, value: unknown, expected: string): MillraceError {
  return new MillraceError("invalid_config", {
    saw: `replies.${name} is ${JSON.stringify(value)}.`,
    expected,
    next: "correct it, or leave it out for the default.",
    field: `replies.${name}`,
  });
}
