/**
 * A contact of HubSpot's that no one here knows by its id: who it is, and the event by which it comes in. Pure. Someone
 * we know by another name is not created again: what we lack of it is taken over. Called by take-changes.ts.
 */
import { parseEmailAddress } from "../../../base/email-address.ts";
import { isScore } from "../../../contacts/score-bands.ts";
import type { PropertyValue } from "../../../events/define-event.ts";
import type { ContactReference } from "../../../events/event.ts";
import { type Mapping, MILLRACE_ID, READ_PROPERTIES, textOf } from "../outbound/contact-mapping.ts";
import { type KnownContact, propertyOf, type Translation, type TranslationRules } from "./translate.ts";

/** A contact as HubSpot has it now. */
export interface TheirContact {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  /** HubSpot's clock. */
  readonly updatedAt: number;
  /** Flags of an opt-out that were set before it was lifted here: changes that wait and set them are the same old news. */
  readonly lifted?: ReadonlySet<string>;
}

/** What HubSpot is asked for about a contact. */
export function askedProperties(mapping: Mapping, rules: TranslationRules): string[] {
  return [
    ...new Set([
      "email",
      "hs_additional_emails",
      ...READ_PROPERTIES,
      MILLRACE_ID,
      "lastmodifieddate",
      ...Object.values(mapping),
      ...rules.optOuts,
    ]),
  ];
}

/** Its addresses, the main one first, each valid and once. */
export function addressesOf({ properties }: TheirContact): string[] {
  const all = [properties.email ?? "", ...(properties.hs_additional_emails ?? "").split(";")];
  return [...new Set(all.flatMap((address) => parseEmailAddress(address) ?? []))];
}

/** Its values by HubSpot's names, as far as they are properties of ours and not empty. */
export function valuesOfTheirs({ properties }: TheirContact, rules: TranslationRules): Map<string, string> {
  const names = ["email", ...READ_PROPERTIES, ...Object.keys(rules.ours)];
  const entries = names.flatMap((name): [string, string][] => {
    const value = (properties[name] ?? "").slice(0, 10_000);
    return value === "" ? [] : [[name, value]];
  });
  return new Map(entries);
}

export function wantsNoMail({ properties }: TheirContact, { optOuts }: TranslationRules): boolean {
  return [...optOuts].some((name) => properties[name] === "true");
}

/** @param origin "hubspot", or "import" for a backfill. */
export function created(theirs: TheirContact, rules: TranslationRules, origin: string): Translation {
  const [email] = addressesOf(theirs);
  const properties: Record<string, PropertyValue> = {};
  for (const [name, text] of valuesOfTheirs(theirs, rules)) {
    const ours = rules.ours[name] ?? name;
    const value = propertyOf(ours, text);
    if (ours === "email" || (ours === "lead_score" && !isScore(value))) continue;
    properties[ours] = value;
  }
  const whom: ContactReference = {
    ...(email === undefined ? {} : { email }),
    externalIds: { hubspot: theirs.id },
  };
  return { type: "contact_created", data: { ...whom, properties, origin }, contact: whom, actor: "hubspot" };
}

/** Someone we know by another name: what we do not have yet is taken over, and HubSpot's id names them from now on. */
export function recognised(theirs: TheirContact, known: KnownContact, rules: TranslationRules): Translation {
  const changes: Record<string, { from: PropertyValue; to: PropertyValue }> = {};
  for (const [name, text] of valuesOfTheirs(theirs, rules)) {
    const ours = rules.ours[name] ?? name;
    if (textOf(known.properties[ours]) === "") changes[ours] = { from: null, to: propertyOf(ours, text) };
  }
  const [email] = addressesOf(theirs);
  const externalIds = { hubspot: theirs.id };
  const contact = { id: known.contact, externalIds, ...(email === undefined ? {} : { email }) };
  if (Object.keys(changes).length > 0)
    return { type: "contact_updated", data: { externalIds, changes }, contact, actor: "hubspot" };
  const data = { system: "hubspot", change: "contact.recognised", object: theirs.id, because: "known" };
  return { type: "crm_change_noted", data, contact, actor: "hubspot" };
}
