/**
 * What is done with a form, by its name. A form nobody has named here is treated as a contact form.
 * Spam stops before any of it.
 */
import type { Duration } from "../clock.ts";
import type { PropertyValue } from "../events/define-event.ts";
import type { EventOf } from "../events/event.ts";
import type { Priority } from "../tasks/task.ts";
import { type Condition, when } from "../workflows/condition.ts";

export interface FormPolicy {
  readonly qualify: { readonly priority: Priority; readonly dueIn: Duration };
  readonly enrich: { readonly priority: Priority; readonly dueIn: Duration };
}

export interface FormSettings {
  /** What a form asks for whose sender may want to talk. Default: scored URGENT in 1m, enriched HIGH in 5m. */
  readonly sales: FormPolicy;
  /** What a form asks for whose sender wants to read. Default: scored MEDIUM in 10m, enriched LOW in 30m. */
  readonly reading: FormPolicy;
  /** The names of the latter. Default newsletter, whitepaper, download. */
  readonly readingForms: readonly string[];
  /** A message with more links is spam. Default 3. */
  readonly mostLinks: number;
}

export const defaultForms: FormSettings = {
  sales: { qualify: { priority: "URGENT", dueIn: "1m" }, enrich: { priority: "HIGH", dueIn: "5m" } },
  reading: { qualify: { priority: "MEDIUM", dueIn: "10m" }, enrich: { priority: "LOW", dueIn: "30m" } },
  readingForms: ["newsletter", "whitepaper", "download"],
  mostLinks: 3,
};

/** A field people never see and scripts fill in. */
export const HONEYPOT_FIELD = "hp_website";

type Fields = Readonly<Record<string, PropertyValue>>;

export function looksLikeSpam({ mostLinks }: FormSettings): Condition<EventOf<"form_submitted">> {
  return when(`looks like spam (a filled trap, more than ${mostLinks} links)`, ({ event }) =>
    isSpam(event.data.fields, mostLinks),
  );
}

/** What such a form says is not to be believed of the contact either: nobody enriches or assesses it. */
export function cameAsSpam({ mostLinks }: FormSettings): Condition<EventOf<"contact_created">> {
  return when(
    "came by a form that looks like spam",
    ({ event, after }) => event.data.origin === "form_submitted" && isSpam(after?.properties ?? {}, mostLinks),
  );
}

export function isReadingForm({ readingForms }: FormSettings): Condition<EventOf<"form_submitted">> {
  return when(`is a reading form (${readingForms.join(", ")})`, ({ event }) => readingForms.includes(event.data.form));
}

function isSpam(fields: Fields, mostLinks: number): boolean {
  const trap = fields[HONEYPOT_FIELD];
  const message = typeof fields.message === "string" ? fields.message : "";
  const links = message.match(/https?:\/\//gi)?.length ?? 0;
  return (typeof trap === "string" && trap !== "") || links > mostLinks;
}
