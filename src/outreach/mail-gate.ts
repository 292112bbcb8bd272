/**
 * The gate every e-mail passes at the moment it is sent, not when it was asked for (R6). One function, in code;
 * the local mailer and the SMTP mailer both ask it.
 */
import { type Contact, textProperty } from "../contacts/contact.ts";
import { parseEmailAddress } from "../email-address.ts";

/** "transactional" answers something the contact did; the others are prospecting and end with a purchase. */
export const MAIL_PURPOSES = ["transactional", "outreach", "nurture"] as const;
export type MailPurpose = (typeof MAIL_PURPOSES)[number];

export interface MailRequest {
  readonly purpose: MailPurpose;
  /** Milliseconds; after this it is no longer worth sending (R10). */
  readonly staleAt?: number;
}

/** `to` is the one address it may go to, in the form an envelope takes. */
export type MailVerdict = { readonly ok: true; readonly to: string } | { readonly ok: false; readonly reason: string };

/** What a gate is: pure, asked with the contact as it is now. */
export type MailGate = (contact: Contact, request: MailRequest, now: number) => MailVerdict;

export const mayEmail: MailGate = (contact, request, now) => {
  const { optedOut, purchasedAt } = contact.facts;
  if (optedOut !== undefined) return refused(`The contact opted out (${optedOut.by}).`);
  const to = parseEmailAddress(textProperty(contact, "email") ?? "");
  if (to === undefined) return refused("The contact has no single valid e-mail address.");
  if (purchasedAt !== undefined && request.purpose !== "transactional") {
    return refused("The contact is a customer: prospecting has ended.");
  }
  if (request.staleAt !== undefined && now > request.staleAt) return refused("It came too late to be worth sending.");
  return { ok: true, to };
};

function refused(reason: string): MailVerdict {
  return { ok: false, reason };
}
