/**
 * Sequences: the e-mails a contact gets one after the other unless something ends them. Ours, not the CRM's, since
 * HubSpot's API cannot take a contact out of one. Pure: where a contact stands is folded from the log (`sequence` of
 * its facts). Read by the outreach agent and by flow 5.
 */
import { durationMs } from "../clock.ts";
import type { SequencePlace } from "../contacts/contact.ts";
import { MillraceError } from "../errors.ts";

export interface Touch {
  readonly template: string;
  /** Days after the first e-mail. */
  readonly day: number;
}

export interface Sequence {
  readonly purpose: "outreach" | "nurture";
  /** In the order of sending; the first one has day 0. */
  readonly touches: readonly Touch[];
}

export interface Sequences {
  /** For qualified leads. Default: days 0, 3, 8, 15 (introduction, useful content, case study, goodbye). */
  readonly outreach: Sequence;
  /** For leads that are not yet ready. Default: days 0, 14. */
  readonly nurture: Sequence;
}

export type SequenceName = keyof Sequences;

export const defaultSequences: Sequences = {
  outreach: {
    purpose: "outreach",
    touches: [
      { template: "outreach", day: 0 },
      { template: "outreach_2", day: 3 },
      { template: "outreach_3", day: 8 },
      { template: "outreach_4", day: 15 },
    ],
  },
  nurture: {
    purpose: "nurture",
    touches: [
      { template: "nurture_1", day: 0 },
      { template: "nurture_2", day: 14 },
    ],
  },
};

const DAY_MS = durationMs("1d");

/** @throws MillraceError invalid_config for a sequence without e-mails, or whose days do not rise from 0. */
export function checkedSequences(given: Partial<Sequences> = {}): Sequences {
  const sequences = { ...defaultSequences, ...given };
  for (const [name, { touches }] of Object.entries(sequences)) {
    const rises = touches.every((touch, i) => touch.day > (touches[i - 1]?.day ?? -1));
    if (touches.length > 0 && touches[0]?.day === 0 && rises) continue;
    throw new MillraceError("invalid_config", {
      saw: `The sequence "${name}" has e-mails on days ${touches.map((touch) => touch.day).join(", ") || "(none)"}.`,
      expected: "at least one e-mail, the first on day 0, each later than the one before",
      next: "correct pack.sequences in millrace.config.ts.",
      field: `pack.sequences.${name}`,
    });
  }
  return sequences;
}

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
