/**
 * Sequences: the e-mails a contact gets one after the other unless something ends them. Ours, not the CRM's, since
 * HubSpot's API cannot take a contact out of one. Pure: where a contact stands is folded from the log (`sequence` of
 * its facts). Read by the outreach agent and by flow 5.
 */
import { durationMs } from "../base/clock.ts";
import type { SequencePlace } from "../contacts/contact.ts";
import { count, group, listOf, oneOf, setting, text } from "../settings/setting.ts";

export interface Touch {
  /** The template of the e-mail. A text of 1 to 1,000 characters. */
  readonly template: string;
  /** Days after the first e-mail. A whole number of days from 0 to 3,650. */
  readonly day: number;
  /** Which letters of this step that a model wrote wait for a person. "all"; "first": until a person has approved one as it was; "none". One of "all", "first", "none". Default: "all". */
  readonly review?: Review;
}

export type Review = "all" | "first" | "none";

export interface Sequence {
  /** Which consent and which caps count. One of "outreach", "nurture". */
  readonly purpose: "outreach" | "nurture";
  /** The e-mails in the order of sending; the first one has day 0. A list; each: an object with settings. */
  readonly touches: readonly Touch[];
}

export interface Sequences {
  /** For qualified leads: introduction, useful content, case study, goodbye. Default: {"purpose":"outreach","touches":[{"template":"outreach","day":0},{"template":"outreach_2","day":3},{"template":"outreach_3","day":8},{"template":"outreach_4","day":15}]}. */
  readonly outreach: Sequence;
  /** For leads that are not yet ready. Default: {"purpose":"nurture","touches":[{"template":"nurture_1","day":0},{"template":"nurture_2","day":14}]}. */
  readonly nurture: Sequence;
}

export type SequenceName = keyof Sequences;

const touch = group({
  template: setting("The template of the e-mail.", text({ sample: "outreach" })),
  day: setting("Days after the first e-mail.", count({ min: 0, max: 3_650, unit: "days" })),
  review: setting(
    'Which letters of this step that a model wrote wait for a person. "all"; "first": until a person has approved one as it was; "none".',
    oneOf("all", "first", "none").optional(),
    { unset: '"all"' },
  ),
});

const sequence = () =>
  group({
    purpose: setting("Which consent and which caps count.", oneOf("outreach", "nurture")),
    touches: setting(
      "The e-mails in the order of sending; the first one has day 0.",
      listOf(touch, { min: 1, max: 100 }).refine(
        doRise,
        "at least one e-mail, the first on day 0, each later than the one before",
      ),
      { sample: [{ template: "outreach", day: 0 }] },
    ),
  });

function doRise(touches: readonly Touch[]): boolean {
  return touches[0]?.day === 0 && touches.every(({ day }, i) => day > (touches[i - 1]?.day ?? -1));
}

export const sequenceSettings = group({
  outreach: setting(
    "For qualified leads: introduction, useful content, case study, goodbye.",
    sequence().default({
      purpose: "outreach",
      touches: [
        { template: "outreach", day: 0 },
        { template: "outreach_2", day: 3 },
        { template: "outreach_3", day: 8 },
        { template: "outreach_4", day: 15 },
      ],
    }),
  ),
  nurture: setting(
    "For leads that are not yet ready.",
    sequence().default({
      purpose: "nurture",
      touches: [
        { template: "nurture_1", day: 0 },
        { template: "nurture_2", day: 14 },
      ],
    }),
  ),
});

export const defaultSequences: Sequences = sequenceSettings.parse({});

const DAY_MS = durationMs("1d");

/** The e-mail of that number, 1 for the first; undefined when the sequence is over. */
export function touchOf(sequences: Sequences, name: string, touch: number): (Touch & Sequence) | undefined {
  const sequence = Object.hasOwn(sequences, name) ? sequences[name as SequenceName] : undefined;
  const found = sequence?.touches[touch - 1];
  return sequence === undefined || found === undefined ? undefined : { ...sequence, ...found };
}

/** How long after the e-mail the contact got last the next one is due; undefined when there is none. */
export function delayToNextMs(sequences: Sequences, place: SequencePlace): number | undefined {
  const last = touchOf(sequences, place.name, place.touch);
  const next = touchOf(sequences, place.name, place.touch + 1);
  return last === undefined || next === undefined ? undefined : (next.day - last.day) * DAY_MS;
}

export interface Pace {
  /** Engagement is low: e-mails come half as often. */
  readonly isCold: boolean;
  /** When the contact opened the last e-mail for the first time; undefined: not yet. */
  readonly openedAt: number | undefined;
}

/**
 * When the next e-mail is due. Opened: sooner, but not before half of the delay has passed nor within 24 hours of the
 * opening. Cold: after twice the delay. Paused: not before the pause ends.
 */
export function nextTouchAt(sequences: Sequences, place: SequencePlace, pace: Pace): number | undefined {
  const delayMs = delayToNextMs(sequences, place);
  if (delayMs === undefined) return undefined;
  const planned = place.at + delayMs * (pace.isCold ? 2 : 1);
  const sooner =
    pace.openedAt === undefined || pace.isCold ? planned : Math.max(place.at + delayMs / 2, pace.openedAt + DAY_MS);
  return Math.max(Math.min(planned, sooner), place.pausedUntil ?? 0);
}
