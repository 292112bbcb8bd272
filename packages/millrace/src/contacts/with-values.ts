/** A contact with other values or facts: what every fold is made of. Nothing is changed in place. */
import type { PropertyValue } from "../events/define-event.ts";
import type { Contact, ContactFacts } from "./contact.ts";

export type Properties = Readonly<Record<string, PropertyValue>>;

export function isNothing(value: PropertyValue | undefined): boolean {
  return value === null || value === undefined || value === "";
}

/** Sets properties. Their former sources no longer hold, so they are forgotten. */
export function withValues(contact: Contact, values: Properties): Contact {
  // A first copy is made in one piece, what is spread behind it name by name.
  const properties = isEmpty(contact.properties) ? { ...values } : { ...contact.properties, ...values };
  const known = withoutBounce(contact, properties);
  const sources = known.facts.sources;
  if (sources === undefined || !Object.keys(values).some((name) => name in sources)) return { ...known, properties };
  const kept = Object.fromEntries(Object.entries(sources).filter(([name]) => !(name in values)));
  return { ...known, properties, facts: { ...known.facts, sources: kept } };
}

export function isEmpty(properties: object): boolean {
  for (const _ in properties) return false;
  return true;
}

/** A bounce says something about an address; another address has not bounced. */
function withoutBounce(contact: Contact, properties: Properties): Contact {
  const { bounced, givenUp } = contact.facts;
  if ((bounced === undefined && givenUp === undefined) || properties.email === contact.properties.email) return contact;
  return withFacts(contact, { bounced: undefined, givenUp: undefined });
}

export function withFacts(contact: Contact, facts: Partial<ContactFacts>): Contact {
  return { ...contact, facts: put(contact.facts, facts) };
}

/**
 * What is undefined is taken away at once, as the database would: kept under its name until then, it would have its old
 * place among the others when it is said again within the same batch, and the last one when in another.
 */
export function put<Known extends object>(known: Known, changes: Partial<Known>): Known {
  const next: Known = { ...known, ...changes };
  for (const name in changes) if (changes[name] === undefined) delete next[name];
  return next;
}
