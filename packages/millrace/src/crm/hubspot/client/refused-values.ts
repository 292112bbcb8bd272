/**
 * Values of a contact that HubSpot does not take: left out before they are sent, because its list or type has no place for
 * them, or refused by it. Each is stated once, without the value itself. Pure. Called by sync-contacts.ts and sync.ts.
 */
import { createHash } from "node:crypto";
import type { Contact } from "../../../contacts/contact.ts";
import type { NewEvent } from "../../../events/event.ts";
import { type Mapping, textOf } from "../outbound/contact-mapping.ts";
import type { PropertyTypes } from "./property-listing.ts";
import { fitted, type PropertyType } from "./property-types.ts";

export interface RefusedValue {
  /** HubSpot's name. */
  readonly property: string;
  /** Ours; the same where it is worked out and held as no property. */
  readonly ours: string;
  readonly value: string;
  /** What it takes, in words. */
  readonly takes: string;
}

/** Those that fit in no way, as far as HubSpot's types are known. A property no program may write is `hubspot check`'s to say. */
export function unfitValues(
  contact: Contact,
  mapping: Mapping,
  types: PropertyTypes | undefined,
): readonly RefusedValue[] {
  return Object.entries(mapping).flatMap(([ours, property]) => {
    const type = types?.get(property);
    const value = textOf(contact.properties[ours]);
    const isUnfit = type !== undefined && !type.isReadOnly && value !== "" && fitted(value, type) === undefined;
    return isUnfit ? [{ property, ours, value, takes: takenBy(type) }] : [];
  });
}

/** One that HubSpot itself refused. @param sent as it was sent: fitted to what was known of the property. */
export function refusedThere(property: string, sent: string, contact: Contact, mapping: Mapping): RefusedValue {
  const ours = Object.keys(mapping).find((name) => mapping[name] === property) ?? property;
  const value = textOf(contact.properties[ours]) || sent;
  return { property, ours, value, takes: "what its settings in HubSpot allow" };
}

/** A fact for each that was not stated before of this contact, with this value. */
export function statedOnce({ id, facts }: Contact, refused: readonly RefusedValue[]): readonly NewEvent[] {
  return refused.flatMap(({ property, ours, value, takes }) => {
    const mark = markOf(value);
    if (facts.refusedByCrm?.[property] === mark) return [];
    const data = { system: "hubspot", property, ours, value: kindOf(value), takes, mark };
    return [{ type: "crm_value_refused", contact: { id }, data }];
  });
}

function takenBy({ type, options }: PropertyType): string {
  if (type === "enumeration") return `one of its ${options.length} options`;
  if (type === "bool") return "true or false";
  return type === "number" ? "a number" : "a date";
}

/** What kind of value it is: the value itself may be anything that people write. */
function kindOf(value: string): string {
  if (Number.isFinite(Number(value))) return "a number";
  return value.length === 1 ? "a text of 1 character" : `a text of ${value.length} characters`;
}

/** By it the same value is known again, and cannot be read. */
function markOf(value: string): string {
  return createHash("sha256").update(value).digest("hex").slice(0, 12);
}
