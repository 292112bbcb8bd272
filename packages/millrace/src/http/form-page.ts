/**
 * The demo, contact and newsletter forms as pages that work without JavaScript. On an error the form comes back with
 * what was typed and the message at its field.
 */
import { randomUUID } from "node:crypto";
import { HONEYPOT_FIELD } from "../contacts/form-fields.ts";
import { escapeHtml, page } from "./html.ts";
import type { Problem } from "./problem.ts";

interface Field {
  readonly name: string;
  readonly label: string;
  readonly autocomplete: string;
  readonly type?: "email" | "tel" | "number" | "textarea";
  readonly isWide?: boolean;
}

interface Form {
  readonly title: string;
  readonly lead: string;
  readonly button: string;
  readonly fields: readonly Field[];
}

const EMAIL: Field = { name: "email", label: "Work e-mail", autocomplete: "email", type: "email", isWide: true };
const FIRST_NAME: Field = { name: "firstname", label: "First name", autocomplete: "given-name" };
const LAST_NAME: Field = { name: "lastname", label: "Last name", autocomplete: "family-name" };
const COMPANY: Field = { name: "company", label: "Company", autocomplete: "organization" };
const MESSAGE: Field = {
  name: "message",
  label: "What would you like to know?",
  autocomplete: "off",
  type: "textarea",
  isWide: true,
};
const ABOUT_WORK: readonly Field[] = [
  { name: "jobtitle", label: "Job title", autocomplete: "organization-title" },
  { name: "phone", label: "Phone", autocomplete: "tel", type: "tel" },
  { name: "numberofemployees", label: "Employees", autocomplete: "off", type: "number" },
  { name: "industry", label: "Industry", autocomplete: "off" },
];

const FORMS: ReadonlyMap<string, Form> = new Map([
  [
    "demo",
    {
      title: "See it with your own leads",
      lead: "Half an hour with somebody who knows the product. We answer within minutes in working hours.",
      button: "Ask for a demo",
      fields: [FIRST_NAME, LAST_NAME, EMAIL, COMPANY, ...ABOUT_WORK, MESSAGE],
    },
  ],
  [
    "contact",
    {
      title: "Ask us anything",
      lead: "A person reads every message and answers it.",
      button: "Send the message",
      fields: [FIRST_NAME, LAST_NAME, EMAIL, COMPANY, ...ABOUT_WORK, MESSAGE],
    },
  ],
  [
    "newsletter",
    {
      title: "One letter a month",
      lead: "What we learned about answering leads quickly. Leave whenever you like.",
      button: "Subscribe",
      fields: [FIRST_NAME, EMAIL],
    },
  ],
]);

export interface FormPageOptions {
  readonly form: string;
  /** What was typed before. */
  readonly values: Readonly<Record<string, string>>;
  readonly problem?: Problem;
}

export function isKnownForm(form: string): boolean {
  return FORMS.has(form);
}

export function formPage({ form, values, problem }: FormPageOptions): string {
  const shown = FORMS.get(form) ?? {
    ...contactForm(),
    title: "Nearly there",
    lead: "Something in your form needs another look.",
  };
  const field = shown.fields.find(({ name }) => name === problem?.parts.field)?.name;
  const keptContext = Object.entries(values).filter(([name]) => name.startsWith("context_"));
  return page({
    title: shown.title,
    body: `<main class="card">
  <h1>${escapeHtml(shown.title)}</h1>
  <p class="lead">${escapeHtml(shown.lead)}</p>
  ${problem === undefined ? "" : summary(problem, field)}
  <form method="post" action="/forms/${escapeHtml(form)}" novalidate>
    <div class="fields">${shown.fields.map((one) => control(one, values[one.name] ?? "", one.name === field ? problem : undefined)).join("")}</div>
    <div class="trap" aria-hidden="true"><label>Leave this empty <input name="${HONEYPOT_FIELD}" tabindex="-1" autocomplete="off" value=""></label></div>
    <input type="hidden" name="submission_id" value="${randomUUID()}">
    ${keptContext.map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join("")}
    <button type="submit">${escapeHtml(shown.button)}</button>
    <p class="fine">We use this to answer you, and for nothing else.</p>
  </form>
</main>`,
  });
}

export function thanksPage(form: string): string {
  return page({
    title: "Thank you",
    body: `<main class="card done">
  <div class="tick" aria-hidden="true"></div>
  <h1>Thank you</h1>
  <p class="lead">We have it, and somebody is looking at it already.</p>
  <p><a href="/forms/${escapeHtml(isKnownForm(form) ? form : "contact")}">Send another one</a></p>
</main>`,
  });
}

function contactForm(): Form {
  return FORMS.get("contact") as Form;
}

function summary(problem: Problem, field: string | undefined): string {
  const text = `${escapeHtml(plain(problem.parts.saw))} ${escapeHtml(sentence(problem.parts.next))}`;
  const link = field === undefined ? text : `<a href="#${field}">${text}</a>`;
  return `<div class="trouble" role="alert"><strong>It was not sent.</strong> ${link}</div>`;
}

function control(field: Field, value: string, problem: Problem | undefined): string {
  const isRequired = field.name === "email";
  const attributes = [
    `id="${field.name}" name="${field.name}" autocomplete="${field.autocomplete}"`,
    isRequired ? 'required aria-required="true"' : "",
    problem === undefined ? "" : `aria-invalid="true" aria-describedby="${field.name}-trouble" autofocus`,
  ].join(" ");
  const input =
    field.type === "textarea"
      ? `<textarea ${attributes} rows="4" maxlength="10000">${escapeHtml(value)}</textarea>`
      : `<input ${attributes} type="${field.type === "number" ? "text" : (field.type ?? "text")}"${field.type === "number" ? ' inputmode="numeric"' : ""} maxlength="500" value="${escapeHtml(value)}">`;
  const message =
    problem === undefined
      ? ""
      : `<p class="field-trouble" id="${field.name}-trouble">${escapeHtml(sentence(problem.parts.next))}</p>`;
  const hint = isRequired ? "" : ' <span class="optional">optional</span>';
  return `<div class="field${field.isWide ? " wide" : ""}"><label for="${field.name}">${escapeHtml(field.label)}${hint}</label>${input}${message}</div>`;
}

/** A visitor knows nothing of records. */
function plain(saw: string): string {
  return saw.replace(/ ?Nothing was recorded\./, "");
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
