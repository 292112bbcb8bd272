/**
 * What is done with a form, by its name. A form no one has named here is treated as a contact form.
 * Spam stops before any of it.
 */
import type { Duration } from "../base/clock.ts";
import { isTrapFilled } from "../contacts/form-fields.ts";
import type { PropertyValue } from "../events/define-event.ts";
import type { EventOf } from "../events/event.ts";
import { count, duration, group, listOf, oneOf, setting, text } from "../settings/setting.ts";
import { PRIORITIES, type Priority } from "../tasks/task.ts";
import { type Condition, when } from "../workflows/condition.ts";

export interface FormPolicy {
  readonly qualify: { readonly priority: Priority; readonly dueIn: Duration };
  readonly enrich: { readonly priority: Priority; readonly dueIn: Duration };
}

export interface FormSettings {
  /** What a form asks for whose sender may want to talk. Default: {"qualify":{"priority":"URGENT","dueIn":"1m"},"enrich":{"priority":"HIGH","dueIn":"5m"}}. */
  readonly sales: FormPolicy;
  /** What a form asks for whose sender wants to read. Default: {"qualify":{"priority":"MEDIUM","dueIn":"10m"},"enrich":{"priority":"LOW","dueIn":"30m"}}. */
  readonly reading: FormPolicy;
  /** The names of the latter. A list; each: a text of 1 to 1,000 characters. Default: ["newsletter","whitepaper","download"]. */
  readonly readingForms: readonly string[];
  /** A message with more links is spam. A whole number of links from 0 to 1,000. Default: 3. */
  readonly maxLinks: number;
}

const request = (about: string) =>
  setting(
    about,
    group({
      priority: setting("How urgent the task is.", oneOf(...PRIORITIES)),
      dueIn: setting("When it is overdue.", duration()),
    }),
  );

const policy = () =>
  group({
    qualify: request("The task that scores the lead."),
    enrich: request("The task that completes what is known of it."),
  });

export const formSettings = group({
  sales: setting(
    "What a form asks for whose sender may want to talk.",
    policy().default({
      qualify: { priority: "URGENT", dueIn: "1m" },
      enrich: { priority: "HIGH", dueIn: "5m" },
    }),
  ),
  reading: setting(
    "What a form asks for whose sender wants to read.",
    policy().default({
      qualify: { priority: "MEDIUM", dueIn: "10m" },
      enrich: { priority: "LOW", dueIn: "30m" },
    }),
  ),
  readingForms: setting(
    "The names of the latter.",
    listOf(text({ sample: "newsletter" })).default(["newsletter", "whitepaper", "download"]),
  ),
  maxLinks: setting("A message with more links is spam.", count({ min: 0, max: 1_000, unit: "links" }).default(3)),
});

export const defaultForms: FormSettings = formSettings.parse({});

type Fields = Readonly<Record<string, PropertyValue>>;

export function looksLikeSpam({ maxLinks }: FormSettings): Condition<EventOf<"form_submitted">> {
  return when(`looks like spam (a filled trap, more than ${maxLinks} links)`, ({ event }) =>
    isSpam(event.data.fields, maxLinks),
  );
}

/** What such a form says is not to be believed of the contact either: no one enriches or assesses it. */
export function cameAsSpam({ maxLinks }: FormSettings): Condition<EventOf<"contact_created">> {
  return when(
    "came by a form that looks like spam",
    ({ event, after }) => event.data.origin === "form_submitted" && isSpam(after?.properties ?? {}, maxLinks),
  );
}

export function isReadingForm({ readingForms }: FormSettings): Condition<EventOf<"form_submitted">> {
  return when(`is a reading form (${readingForms.join(", ")})`, ({ event }) => readingForms.includes(event.data.form));
}

function isSpam(fields: Fields, maxLinks: number): boolean {
  const message = typeof fields.message === "string" ? fields.message : "";
  const links = message.match(/https?:\/\//gi)?.length ?? 0;
  return isTrapFilled(fields) || links > maxLinks;
}
