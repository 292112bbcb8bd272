/** A person corrects one value of a contact. It is theirs from then on: no form, no agent and no source puts another in its place. */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import type { Contact } from "../contacts/contact.ts";
import { CONTACT_COLUMNS } from "../contacts/store.ts";
import { changes, type PropertyValue, propertyName, propertyValue, text } from "../events/define-event.ts";
import { appendContactFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import { contact } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactIdOf, noSuchContact } from "../queries/contact-id.ts";

const MAX_VALUE = 1_000;
/** What the engine or the CRM works out, and the address, by which a contact is known. */
const NOT_BY_HAND = /^(email|lifecyclestage|createdate|hs_|hubspot|millrace_|lead_)/;
const NUMBERS: ReadonlySet<string> = new Set(["numberofemployees", "numemployees", "annualrevenue"]);

export const correctContact = operation({
  input: z.object({
    contact,
    property: propertyName.describe("The property, e.g. jobtitle."),
    value: text(MAX_VALUE).describe("What is right. Empty: the value is given up, and may be found anew."),
    seen: text(MAX_VALUE)
      .optional()
      .describe('The value as it was seen, "" for none. Where it is another by now, nothing is changed.'),
    takesBack: z
      .boolean()
      .optional()
      .describe("The last correction is taken back: `value` is what it took the place of, and is again whose it was."),
  }),
  answer: z.object({
    contact: z.uuid(),
    event: z.number().describe("The fact on record."),
    changes,
  }),
  run: async (context, { contact: asked, property, value, seen, takesBack = false }) => {
    const { db, by, clock } = context;
    if (NOT_BY_HAND.test(property)) throw notByHand(property);
    const id = await contactIdOf(db, asked);
    return commit(context, async (tx) => {
      const [known] = await tx.query<Contact>(`select ${CONTACT_COLUMNS} from contacts where id = $1`, [id]);
      if (known === undefined || known.facts.erasedAt !== undefined) throw noSuchContact(asked);
      const from = propertyValue.catch(null).parse(known.properties[property] ?? null);
      const to = typedValue(property, value.trim(), from);
      if (seen !== undefined && seen !== asText(from)) throw changedMeanwhile(property, from);
      if (takesBack) checkReplaced(known, property, to);
      const changed = { [property]: { from, to } };
      const [fact] = await appendContactFacts(
        tx,
        [{ type: "contact_updated", data: { changes: changed, ...(takesBack ? { takesBack } : {}) }, contact: { id } }],
        by.id,
        clock.now(),
      );
      return { contact: id, event: fact?.position ?? 0, changes: changed };
    });
  },
});

/** @throws MillraceError invalid_request when no person's correction took the place of that value. */
function checkReplaced({ facts }: Contact, property: string, to: PropertyValue): void {
  const former = facts.replaced?.[property];
  if (former?.value === to) return;
  throw new MillraceError("invalid_request", {
    saw: `No correction of ${property} took the place of ${to === null ? "nothing" : `"${asText(to)}"`}. Nothing was changed.`,
    expected:
      former === undefined ? "a value that was corrected" : `"${asText(former.value)}", which was corrected last`,
    next: "correct the value without taking anything back.",
    field: "takesBack",
  });
}

function asText(value: PropertyValue): string {
  return value === null ? "" : String(value);
}

/** A number stays a number. @throws MillraceError invalid_request for words in the place of one. */
function typedValue(property: string, value: string, from: PropertyValue): PropertyValue {
  if (value === "") return null;
  if (typeof from !== "number" && !NUMBERS.has(property)) return value;
  const number = Number(value.replaceAll(/[ ,_’']/g, ""));
  if (Number.isFinite(number)) return number;
  throw new MillraceError("invalid_request", {
    saw: `"${value}" is no number. Nothing was changed.`,
    expected: `${property} is a number, e.g. 250`,
    next: "write it in digits.",
    field: "value",
  });
}

function notByHand(property: string): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `${property} is worked out, or is what the contact is known by. Nothing was changed.`,
    expected: "a property that someone said or found, e.g. jobtitle, company, phone",
    next: "correct what it rests on: the score follows from the properties, the stage from the CRM.",
    field: "property",
  });
}

function changedMeanwhile(property: string, now: PropertyValue): MillraceError {
  return new MillraceError("invalid_request", {
    saw: `${property} is ${now === null ? "empty" : `"${asText(now)}"`} by now. Nothing was changed.`,
    expected: "the value that was seen",
    next: "look at it again, and correct it if it is still wrong.",
    field: "seen",
  });
}
