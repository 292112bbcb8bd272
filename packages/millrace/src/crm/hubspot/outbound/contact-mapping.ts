/** Which of a contact's properties stand in HubSpot, under which name, as which text. Pure. Called by sync-contacts.ts and setup. */
import type { Contact } from "../../../contacts/contact.ts";
import { defaultEngagement, engagementScore } from "../../../email/policy/engagement.ts";
import type { PropertyValue } from "../../../events/define-event.ts";
import type { OurValue, OurValues } from "../../difference.ts";
import { fitted, type PropertyType } from "../client/property-types.ts";

/** Ours to HubSpot's. Those HubSpot does not have from the start are made by `hubspot setup`. */
export const DEFAULT_PROPERTIES: Readonly<Record<string, string>> = {
  firstname: "firstname",
  lastname: "lastname",
  company: "company",
  jobtitle: "jobtitle",
  phone: "phone",
  website: "website",
  industry: "industry",
  country: "country",
  numberofemployees: "numemployees",
  lead_score: "lead_score",
  millrace_score: "millrace_score",
  lead_band: "lead_band",
  lead_status: "lead_status",
  lifecyclestage: "lifecyclestage",
};

/** HubSpot's own, read under their names, also where they are not written: sales' word on a lead, and the hours a person keeps. */
export const READ_PROPERTIES: readonly string[] = ["lifecyclestage", "hs_lead_status", "hs_timezone"];

/** Worked out from what happened, not held as a property. */
export const MILLRACE_ID = "millrace_id";
export const ENGAGEMENT = "millrace_engagement";
export const QUALITY = "millrace_data_quality";

export type Mapping = Readonly<Record<string, string>>;

/** The built-in mapping with the settings' on top; a null leaves a property out. */
export function mappingOf(own: Readonly<Record<string, string | null>> = {}): Mapping {
  const merged = Object.entries({ ...DEFAULT_PROPERTIES, ...own });
  return Object.fromEntries(merged.filter((entry): entry is [string, string] => entry[1] !== null));
}

/**
 * @param quality the last enrichment's, 0 to 10.
 * @param types what HubSpot's properties take; undefined: not known, so nothing is fitted.
 */
export function valuesOf(
  contact: Contact,
  mapping: Mapping,
  quality: number | undefined,
  now: number,
  types?: ReadonlyMap<string, PropertyType>,
): OurValues {
  const values: Record<string, OurValue> = {};
  for (const [ours, theirs] of Object.entries(mapping)) {
    const text = textOf(contact.properties[ours]);
    const type = types?.get(theirs);
    const value = text === "" || type === undefined ? text : fitted(text, type);
    // Nothing of ours takes a value away: an empty form field is no wish to forget. What fits in no way is left out.
    if (value === "" || value === undefined) continue;
    values[theirs] = { value, isFound: contact.facts.sources?.[ours] !== undefined };
  }
  if (contact.facts.engagement !== undefined) {
    const score = Math.round(engagementScore(contact, now, defaultEngagement));
    values[ENGAGEMENT] = { value: String(score), isFound: false };
  }
  if (quality !== undefined) values[QUALITY] = { value: String(quality), isFound: false };
  return values;
}

/** HubSpot keeps every value as text. */
export function textOf(value: PropertyValue | undefined): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value.trim() : String(value);
}
