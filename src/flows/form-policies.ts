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

const sales: FormPolicy = { qualify: { priority: "URGENT", dueIn: "1m" }, enrich: { priority: "HIGH", dueIn: "5m" } };
const reading: FormPolicy = {
  qualify: { priority: "MEDIUM", dueIn: "10m" },
  enrich: { priority: "LOW", dueIn: "30m" },
};

/** Forms whose sender wants to read rather than to talk. */
export const READING_FORMS: ReadonlySet<string> = new Set(["newsletter", "whitepaper", "download"]);
export const formPolicies = { sales, reading };

/** A field people never see and scripts fill in. */
export const HONEYPOT_FIELD = "hp_website";
const MOST_LINKS = 3;

type Fields = Readonly<Record<string, PropertyValue>>;

export const looksLikeSpam: Condition<EventOf<"form_submitted">> = when("looks like spam", ({ event }) =>
  isSpam(event.data.fields),
);

/** What such a form says is not to be believed of the contact either: nobody enriches or assesses it. */
export const cameAsSpam: Condition<EventOf<"contact_created">> = when(
  "came by a form that looks like spam",
  ({ event, after }) => event.data.origin === "form_submitted" && isSpam(after?.properties ?? {}),
);

function isSpam(fields: Fields): boolean {
  const trap = fields[HONEYPOT_FIELD];
  const message = typeof fields.message === "string" ? fields.message : "";
  const links = message.match(/https?:\/\//gi)?.length ?? 0;
  return (typeof trap === "string" && trap !== "") || links > MOST_LINKS;
}

export const isReadingForm: Condition<EventOf<"form_submitted">> = when("is a reading form", ({ event }) =>
  READING_FORMS.has(event.data.form),
);
