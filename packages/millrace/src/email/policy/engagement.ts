/**
 * How warm a contact is: marks for what it did with our e-mails, halving with time. Pure. A click says more than an
 * open, and opens alone, which mail programs make too, never make a hot prospect. Asked by flow 5.
 */
import { type Duration, durationMs } from "../../base/clock.ts";
import type { Contact, EngagementMark } from "../../contacts/contact.ts";
import { amount, duration, group, setting } from "../../settings/setting.ts";

export interface EngagementSettings {
  /** What an open counts. A number of points from 0 to 1,000. Default: 5. */
  readonly open: number;
  /** What a click counts. A number of points from 0 to 1,000. Default: 15. */
  readonly click: number;
  /** What a reply counts. A number of points from 0 to 1,000. Default: 30. */
  readonly reply: number;
  /** Time after which a mark weighs half. A number and a unit, like "90s", "30m", "4h" or "2d", from 1m, at most 3650d. Default: "7d". */
  readonly halfLife: Duration;
  /** From here a contact is a hot prospect, unless it only opened. A number of points from 0 to 1,000. Default: 30. */
  readonly hotFrom: number;
  /** Below this a contact that lets a tracked e-mail pass is a cold prospect. A number of points from 0 to 1,000. Default: 5. */
  readonly coldBelow: number;
}

const points = () => amount({ max: 1_000, unit: "points" });

export const engagementSettings = group({
  open: setting("What an open counts.", points().default(5)),
  click: setting("What a click counts.", points().default(15)),
  reply: setting("What a reply counts.", points().default(30)),
  halfLife: setting("Time after which a mark weighs half.", duration({ min: "1m" }).default("7d")),
  hotFrom: setting("From here a contact is a hot prospect, unless it only opened.", points().default(30)),
  coldBelow: setting("Below this a contact that lets a tracked e-mail pass is a cold prospect.", points().default(5)),
});

export const defaultEngagement: EngagementSettings = engagementSettings.parse({});

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
