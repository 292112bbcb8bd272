/**
 * The way back from what ended a lead wrongly: a person lifts an opt-out, or the suppression of an address, with a reason, on
 * record. Asked by the actions liftOptOut and liftSuppression; HubSpot follows by the workflow that hears the event (flow 7).
 */
import { MillraceError } from "../../base/errors.ts";
import type { Contact } from "../../contacts/contact.ts";
import { CONTACT_COLUMNS } from "../../contacts/store.ts";
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import type { ContactFact } from "../../events/facts.ts";

export interface LiftContext {
  readonly db: Queryable;
  /** Puts facts on record, under the name of who lifts. */
  readonly append: (facts: readonly ContactFact[]) => Promise<readonly { readonly position: Position }[]>;
}

export interface LiftRequest {
  /** The contact's id. */
  readonly contact: string;
  /** Why it was wrong, for the record; 1 to 500 characters. */
  readonly reason: string;
  /** Who lifts it. */
  readonly by: string;
}

export interface Lifted {
  readonly contact: string;
  readonly event: Position | null;
}

const MAX_REASON = 500;

/**
 * Lifts an opt-out: the contact may be written to again, and leaves no sequence by it: what is sent next is for workflows.
 * @throws MillraceError not_found for an unknown contact; invalid_request without a reason, or when there is nothing to lift.
 */
export async function liftOptOut(context: LiftContext, request: LiftRequest): Promise<Lifted> {
  const { facts } = await contactFor(context.db, request);
  if (facts.optedOut === undefined) throw nothingToLift("has not opted out");
  return lift(context, "opt_out_lifted", request);
}

/**
 * Lifts the suppression of an address that bounced: messages to it leave again.
 * @throws MillraceError as `liftOptOut`.
 */
export async function liftSuppression(context: LiftContext, request: LiftRequest): Promise<Lifted> {
  const { facts } = await contactFor(context.db, request);
  if (facts.bounced === undefined && facts.givenUp === undefined) throw nothingToLift("is not suppressed");
  return lift(context, "suppression_lifted", request);
}

async function lift(
  { append }: LiftContext,
  type: "opt_out_lifted" | "suppression_lifted",
  { contact, reason, by }: LiftRequest,
): Promise<Lifted> {
  const data = { by, reason: reason.trim().slice(0, MAX_REASON) };
  const [appended] = await append([{ type, data, contact: { id: contact } }]);
  return { contact, event: appended?.position ?? null };
}

async function contactFor(db: Queryable, { contact, reason, by }: LiftRequest): Promise<Contact> {
  if (reason.trim() === "" || by.trim() === "") {
    throw new MillraceError("invalid_request", {
      saw: "There is no reason, or no name, for the record. Nothing was lifted.",
      next: "say why it was wrong and who lifts it.",
      field: "reason",
    });
  }
  const [row] = /^[0-9a-f-]{36}$/i.test(contact)
    ? await db.query<Contact>(`select ${CONTACT_COLUMNS} from contacts where id = $1`, [contact], "contact_to_lift")
    : [];
  if (row !== undefined) return row;
  throw new MillraceError("not_found", {
    saw: `There is no contact "${contact.slice(0, 100)}". Nothing was lifted.`,
    next: "look it up with `millrace contacts`.",
    field: "contact",
  });
}

function nothingToLift(what: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `The contact ${what}. Nothing was lifted.`,
    next: "look at the contact's timeline for what holds messages back.",
    field: "contact",
  });
}
