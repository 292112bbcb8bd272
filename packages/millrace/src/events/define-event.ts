/**
 * How an event type is declared: its sentence, the schema of its data, and how its contact is found in it.
 * The catalogue of the nine flows is written with this, and so is a user's own.
 */
import { z } from "zod";
import { parseEmailAddress } from "../base/email-address.ts";
import type { ContactReference } from "./event.ts";
import { quickly } from "./quick-way.ts";

export interface EventDefinition<Data = unknown> {
  /** One sentence: the fact it states. */
  readonly about: string;
  readonly schema: z.ZodType<Data>;
  /** Where in the data the contact stands. Left out: the event must name its contact itself, or has none. */
  readonly contact?: (data: Data) => ContactReference | undefined;
  /** True for facts the engine itself states; the public doors refuse them. */
  readonly isInternal: boolean;
  /** The flow of the mission that names it. */
  readonly flow?: number;
  /** A payload that is valid, for docs, tests and the console's send form. */
  readonly example?: Data;
}

export interface EventOptions<Data> {
  readonly about: string;
  readonly data: z.ZodType<Data>;
  readonly contact?: (data: Data) => ContactReference | undefined;
  readonly internal?: boolean;
  readonly flow?: number;
  readonly example?: NoInfer<Data>;
}

/**
 * Declares one event type.
 * @example
 * const webinar_attended = event({ about: "A contact sat through a webinar.", data: z.strictObject({ email: emailAddress, minutes: z.number() }), contact: (d) => ({ email: d.email }) });
 */
export function event<Data>(options: EventOptions<Data>): EventDefinition<Data> {
  return {
    about: options.about,
    schema: options.data,
    contact: options.contact,
    isInternal: options.internal ?? false,
    flow: options.flow,
    example: options.example,
  };
}

/** Any JSON. One schema for all, so that documents know it by one name. */
export const jsonValue = z.json();

/** Text that a database and a mail header can hold: no NUL, no half surrogate pairs; at most `max` characters. */
export const text = (max: number) =>
  quickly(
    z.string().max(max).refine(isStorable, { message: "holds a NUL character or half of a surrogate pair" }),
    (value) => (isText(value, max) ? value : undefined),
  );

function isText(value: unknown, max: number): value is string {
  return typeof value === "string" && value.length <= max && isStorable(value);
}

function isStorable(value: string): boolean {
  return !value.includes("\u0000") && value.isWellFormed();
}

/** Exactly one valid mailbox, in lower case. */
export const emailAddress = z.string().transform((value, context) => {
  const address = parseEmailAddress(value);
  if (address === undefined) {
    context.addIssue({ code: "custom", message: "is not one valid e-mail address" });
    return z.NEVER;
  }
  return address;
});

const RESERVED = new Set(["constructor", "prototype", "hasownproperty", "tostring", "valueof"]);
const PROPERTY_NAME = /^[a-z][a-z0-9_]{0,63}$/;
const MAX_VALUE_LENGTH = 10_000;
const MAX_PROPERTIES = 200;

/** A property name as HubSpot has it: lower case, begins with a letter. Names of Object.prototype are refused. */
export const propertyName = quickly(
  z
    .string()
    .regex(PROPERTY_NAME, "is not a property name (lower case letters, digits and _, beginning with a letter)")
    .refine((name) => !RESERVED.has(name), { message: "is a reserved name" }),
  (value) => (typeof value === "string" && isPropertyName(value) ? value : undefined),
);

function isPropertyName(name: string): boolean {
  return PROPERTY_NAME.test(name) && !RESERVED.has(name);
}

/** A value a contact's property can hold. */
export const propertyValue = z.union([text(MAX_VALUE_LENGTH), z.number(), z.boolean(), z.null()]);
export type PropertyValue = z.infer<typeof propertyValue>;

/** Properties by name, at most 200 of them. */
export const properties = quickly(
  z.record(propertyName, propertyValue).refine((value) => Object.keys(value).length <= MAX_PROPERTIES, {
    message: `has more than ${MAX_PROPERTIES} properties`,
  }),
  takeProperties,
);

/** A copy of properties that are plainly right; undefined when the schema has to look for itself. */
export function takeProperties(value: unknown): Record<string, PropertyValue> | undefined {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return undefined;
  const taken: Record<string, PropertyValue> = {};
  let count = 0;
  // Nothing enumerable is inherited.
  for (const name in value) {
    const one = (value as Record<string, unknown>)[name];
    if (!isPropertyName(name) || !isPropertyValue(one)) return undefined;
    taken[name] = one;
    count += 1;
  }
  return count > MAX_PROPERTIES ? undefined : taken;
}

function isPropertyValue(value: unknown): value is PropertyValue {
  return value === null || typeof value === "boolean" || Number.isFinite(value) || isText(value, MAX_VALUE_LENGTH);
}

/** What changed, by property: `{ company: { from: "Acme", to: "Blue" } }`. */
export const changes = z.record(propertyName, z.strictObject({ from: propertyValue, to: propertyValue }));
