/**
 * How warm a contact is: marks for what it did with our e-mails, halving with time. Pure. A click says more than an
 * open, and opens alone, which mail programs make too, never make a hot prospect. Asked by flow 5.
 */
import { type Duration, durationMs } from "../clock.ts";
import type { Contact, EngagementMark } from "../contacts/contact.ts";

export interface EngagementSettings {
  /** Points of an open. Default 5. */
  readonly open: number;
  /** Points of a click. Default 15. */
  readonly click: number;
  /** Points of a reply. Default 30. */
  readonly reply: number;
  /** Time after which a mark weighs half. Default 7d. */
  readonly halfLife: Duration;
  /** From here a contact is a hot prospect, unless it only opened. Default 30. */
  readonly hotFrom: number;
  /** Below this a contact that lets a tracked e-mail pass is a cold prospect. Default 5. */
  readonly coldBelow: number;
}

export const defaultEngagement: EngagementSettings = {
  open: 5,
  click: 15,
  reply: 30,
  halfLife: "7d",
  hotFrom: 30,
  coldBelow: 5,
};

/** The score at a moment, with one decimal; 0 for a contact that did nothing. */
export function engagementScore(contact: Contact | undefined, at: number, settings: EngagementSettings): number {
  const halfLifeMs = durationMs(settings.halfLife);
  const marks = contact?.facts.engagement?.recent ?? [];
  // Dates come from outside: a mark of the future, or one told late, weighs no more than one of now.
  const weight = (mark: EngagementMark) => 0.5 ** (Math.max(0, at - mark.at) / halfLifeMs);
  const sum = marks.reduce((sum, mark) => sum + settings[mark.kind] * weight(mark), 0);
  return Math.round(sum * 10) / 10;
}

/** True when the contact did more than open. */
export function isHotProspect(contact: Contact | undefined, at: number, settings: EngagementSettings): boolean {
  const hasActed = marksOf(contact).some((mark) => mark.kind !== "open");
  return hasActed && engagementScore(contact, at, settings) >= settings.hotFrom;
}

/** When the contact first opened or clicked since a moment; undefined when it has not. */
export function engagedSince(contact: Contact | undefined, since: number): number | undefined {
  return marksOf(contact).find((mark) => mark.at >= since)?.at;
}

function marksOf(contact: Contact | undefined): readonly EngagementMark[] {
  return contact?.facts.engagement?.recent ?? [];
}
