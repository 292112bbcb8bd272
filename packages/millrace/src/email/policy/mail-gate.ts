/**
 * The gate every e-mail passes at the moment it is sent, not when it was asked for (R6). One function, in code;
 * the local mailer and the SMTP mailer both ask it, the latter once more in the transaction that writes the ledger row.
 */
import { domainOf, parseEmailAddress } from "../../base/email-address.ts";
import { type Contact, textProperty } from "../../contacts/contact.ts";
import { addBusinessTime, type BusinessHours } from "../../tasks/business-hours.ts";
import type { MailCap, MailWindow } from "../mail-settings.ts";
import { timeZoneOf } from "./contact-time-zone.ts";

/** "transactional" answers something the contact did; the others are prospecting and end with a purchase. */
export const MAIL_PURPOSES = ["transactional", "outreach", "nurture"] as const;
export type MailPurpose = (typeof MAIL_PURPOSES)[number];

export interface MailRequest {
  readonly purpose: MailPurpose;
  /** Milliseconds; after this it is no longer worth sending (R10). */
  readonly staleAt?: number;
}

/** What holds for every e-mail just now. */
export interface MailPolicy {
  readonly cap: MailCap | false;
  readonly window: MailWindow | false;
  /** Addresses and domains no one writes to, in lower case. */
  readonly never?: readonly string[];
  /** Whether someone with this address was erased. */
  readonly wasErased?: (address: string) => boolean;
  /** Prospecting asks for it: a property that must say "true" or "yes". */
  readonly consentProperty?: string;
  /** So long after an answer to the contact no prospecting leaves. Default 0. */
  readonly pauseAfterAnswerMs?: number;
  /** 0: no limit. */
  readonly perDomainPerDay?: number;
  /** Whether an address was erased cannot be looked up just now: for a moment nothing leaves. */
  readonly cannotRecognise?: boolean;
  /** Why nothing may leave: the switch is off. */
  readonly paused?: string;
  /** Why no prospecting may leave: complaints or bounces are too many. */
  readonly prospectingPaused?: string;
}

/** For who asks whether an e-mail makes sense at all, whenever it would leave. */
export const NO_POLICY: MailPolicy = { cap: false, window: false };

/**
 * `to` is the one address it may go to, in the form an envelope takes. Refused with `notBefore`: not now, ask again
 * then; without: never.
 */
export type MailVerdict = { readonly ok: true; readonly to: string } | MailRefusal;

export interface MailRefusal {
  readonly ok: false;
  readonly reason: string;
  /** Milliseconds. */
  readonly notBefore?: number;
}

/** What a gate is: pure, asked with the contact as it is now. */
export type MailGate = (contact: Contact, request: MailRequest, now: number, policy?: MailPolicy) => MailVerdict;

/** A switched off mailer looks again this often; switching it on wakes what waits. */
const PAUSE_MS = 900_000;
/** What could not be looked up is looked up again this soon: a database that blinked is back by then. */
const LOOK_AGAIN_MS = 3_000;
const DAY_MS = 86_400_000;
/** How long an answer is given to leave before it is looked again. */
const ANSWER_PAUSE_MS = 1_000;
/** An e-mail too many to one company looks again this often. */
const DOMAIN_PAUSE_MS = 3_600_000;

/** Who comes back may be anyone who types this address; a person can answer, the engine does not. */
export const WAS_ERASED = "Somebody with this address asked to be forgotten; the engine does not write to it any more.";

const CANNOT_RECOGNISE = "Whether somebody with this address asked to be forgotten cannot be looked up just now.";

export const mayEmail: MailGate = (contact, request, now, policy = NO_POLICY) => {
  const { optedOut, purchasedAt, bounced, declined, mergedInto, meetingAt, erasedAt } = contact.facts;
  const isProspecting = request.purpose !== "transactional";
  if (erasedAt !== undefined) return refused("The contact was erased.");
  if (optedOut !== undefined && (isProspecting || !hasAskedSince(contact, optedOut.at))) {
    return refused(`The contact opted out (${optedOut.by}).`);
  }
  if (mergedInto !== undefined) return refused("The contact became part of another one.");
  const to = parseEmailAddress(textProperty(contact, "email") ?? "");
  if (to === undefined) return refused("The contact has no single valid e-mail address.");
  if (isNever(to, policy.never ?? [])) return refused("The address is on the list of those nobody writes to.");
  if (policy.wasErased?.(to)) return refused(WAS_ERASED);
  if (bounced !== undefined) return refused(`The address bounced (${bounced.reason}).`);
  if (purchasedAt !== undefined && isProspecting) {
    return refused("The contact is a customer: prospecting has ended.");
  }
  if (meetingAt !== undefined && isProspecting) return refused("A meeting is booked: a person talks with the contact.");
  if (declined !== undefined && isProspecting && (declined.until === null || now < declined.until)) {
    return refused(`The contact said no (${declined.kind}).`);
  }
  if (isProspecting && contact.properties.lead_band === "hot") {
    return refused("The lead is hot: a person calls instead.");
  }
  if (isProspecting && policy.consentProperty !== undefined && !hasAgreed(contact, policy.consentProperty)) {
    return refused(`The contact has not agreed to be written to (${policy.consentProperty}).`);
  }
  if (request.staleAt !== undefined && now > request.staleAt) return refused("It came too late to be worth sending.");
  if (policy.paused !== undefined) return notNow(policy.paused, now + PAUSE_MS);
  if (policy.cannotRecognise === true) return notNow(CANNOT_RECOGNISE, now + LOOK_AGAIN_MS);
  return isProspecting ? mayProspect(contact, to, now, policy) : { ok: true, to };
};

/** Someone who left and then asks something in a form gets an answer to what they asked, and nothing else. */
function hasAskedSince({ facts }: Contact, optedOutAt: number): boolean {
  return (facts.forms?.askedAt ?? 0) > optedOutAt;
}

function isNever(address: string, never: readonly string[]): boolean {
  const domain = domainOf(address);
  return never.some((entry) => entry === address || entry === domain || domain.endsWith(`.${entry}`));
}

function hasAgreed(contact: Contact, property: string): boolean {
  return /^(true|yes|1)$/i.test(String(contact.properties[property] ?? ""));
}

/** An answer that waits or is just leaving goes first: a first sales e-mail is not read before the thank-you it follows. */
export function letAnswerPass(now: number): MailRefusal {
  return notNow("An answer to the contact leaves first.", now + ANSWER_PAUSE_MS);
}

/** One company is not written to by many of us at once. @param sentToday prospecting e-mails to the domain in the last 24 hours. */
export function mayReachDomain(sentToday: number, policy: MailPolicy, now: number): MailRefusal | undefined {
  const most = policy.perDomainPerDay ?? 0;
  if (most === 0 || sentToday < most) return undefined;
  return notNow(`${sentToday} letters went to this company in the last 24 hours.`, now + DOMAIN_PAUSE_MS);
}

function mayProspect(contact: Contact, to: string, now: number, policy: MailPolicy): MailVerdict {
  if (policy.prospectingPaused !== undefined) return notNow(policy.prospectingPaused, now + PAUSE_MS);
  const cappedUntil = policy.cap === false ? now : capEnds(contact.facts.touches ?? [], policy.cap, now);
  const pausedUntil = (contact.facts.answeredAt ?? Number.NEGATIVE_INFINITY) + (policy.pauseAfterAnswerMs ?? 0);
  const freeFrom = Math.max(cappedUntil, pausedUntil);
  const opensAt = policy.window === false ? freeFrom : nextOpening(contact, policy.window, freeFrom);
  if (cappedUntil > now) return notNow("The contact has had as many letters as the cap allows.", opensAt);
  if (pausedUntil > now) return notNow("The contact was answered a moment ago.", opensAt);
  if (opensAt > now) return notNow("It is not a time to write in the contact's time zone.", opensAt);
  return { ok: true, to };
}

/** @returns when one more e-mail keeps to the cap; `now` when it does already. */
function capEnds(touches: readonly number[], { perDay, perWeek }: MailCap, now: number): number {
  const ends = [
    [perDay, DAY_MS],
    [perWeek, 7 * DAY_MS],
  ].map(([most = 1, spanMs = 0]) => {
    const recent = touches.filter((at) => at > now - spanMs).sort((a, b) => a - b);
    const leaving = most <= 0 ? now : recent.at(-most);
    return leaving === undefined ? now : leaving + spanMs;
  });
  return Math.max(now, ...ends);
}

const hoursByZone = new WeakMap<MailWindow, Map<string, BusinessHours>>();

/** @returns the first moment from `at` on at which the window is open. */
function nextOpening(contact: Contact, window: MailWindow, at: number): number {
  const hours = hoursIn(timeZoneOf(contact, window.timeZone ?? "UTC"), window);
  // The end of the first open millisecond, so that a window that closes just now counts as closed.
  return addBusinessTime(at, 1, hours) - 1;
}

/** Hours are compiled once for each object, so each zone of a window has one. */
function hoursIn(timeZone: string, window: MailWindow): BusinessHours {
  const zones = hoursByZone.get(window) ?? new Map<string, BusinessHours>();
  hoursByZone.set(window, zones);
  const kept = zones.get(timeZone) ?? { timeZone, days: window.days, from: window.from, to: window.to };
  zones.set(timeZone, kept);
  return kept;
}

function refused(reason: string): MailRefusal {
  return { ok: false, reason };
}

function notNow(reason: string, notBefore: number): MailRefusal {
  return { ok: false, reason, notBefore };
}
