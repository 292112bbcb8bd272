/** The settings of letters that a model writes: `drafts.*` in millrace.config.ts. Which steps a person reviews stands with the sequences. */
import type { z } from "zod";
import type { Duration } from "../../base/clock.ts";
import { count, duration, flag, group, listOf, oneOf, setting, text } from "../../settings/setting.ts";

export interface DraftSettings {
  /** What e-mails may say of you beside the template's own words, a sentence each. A list; each: a text of 1 to 500 characters. Default: none. */
  readonly about?: readonly string[];
  /** Hosts an e-mail may name, e.g. "acme.com". A list; each: a text of 1 to 1,000 characters. Default: none. */
  readonly links?: readonly string[];
  /** Words no e-mail may hold, beside promises, prices and pressure. A list; each: a text of 1 to 100 characters. Default: none. */
  readonly banned?: readonly string[];
  /** The longest e-mail, greeting and closing included. A whole number of characters from 200 to 5,000. Default: 1,200. */
  readonly maxCharacters?: number;
  /** Whether the company's home page is read for it, where `enrichment.websites` allows visits. True or false. Default: true. */
  readonly readPage?: boolean;
  /** When the review of a draft is due, in business hours; people are reminded then. A number and a unit, like "90s", "30m", "4h" or "2d", at most 3650d. Default: "4h". */
  readonly dueIn?: Duration;
  /** So long a draft waits for a decision. A number and a unit, like "90s", "30m", "4h" or "2d", from 1m, at most 3650d. Default: "3d". */
  readonly deadline?: Duration;
  /** What happens then. "template": the template is sent; "drop": nothing is; "wait": it waits on. One of "template", "drop", "wait". Default: "template". */
  readonly atDeadline?: "template" | "drop" | "wait";
}

/** Every setting with its value in force. */
export type DraftsInForce = z.output<typeof draftSettings>;

export const draftSettings = group({
  about: setting(
    "What letters may say of you beside the template's own words, a sentence each.",
    listOf(text({ sample: "We route each lead to the right colleague.", max: 500 })).default([]),
  ),
  links: setting('Hosts a letter may name, e.g. "acme.com".', listOf(text({ sample: "acme.com" })).default([])),
  banned: setting(
    "Words no letter may hold, beside promises, prices and pressure.",
    listOf(text({ sample: "synergy", max: 100 })).default([]),
  ),
  maxCharacters: setting(
    "The longest letter, greeting and closing included.",
    count({ min: 200, max: 5_000, unit: "characters" }).default(1_200),
  ),
  readPage: setting(
    "Whether the company's home page is read for it, where `enrichment.websites` allows visits.",
    flag().default(true),
  ),
  dueIn: setting(
    "When the review of a draft is due, in business hours; people are reminded then.",
    duration().default("4h"),
  ),
  deadline: setting("So long a draft waits for a decision.", duration({ min: "1m" }).default("3d")),
  atDeadline: setting(
    'What happens then. "template": the template is sent; "drop": nothing is; "wait": it waits on.',
    oneOf("template", "drop", "wait").default("template"),
  ),
});
