/** The door for web forms: any site may post here; the pages it shows are in form-page.ts. */
import { MillraceError } from "../../base/errors.ts";
import { fieldOf } from "../../contacts/form-fields.ts";
import type { Appended, NewEvent } from "../../events/event.ts";
import { appended, problem } from "../answers.ts";
import type { MediaType } from "../body.ts";
import { formBody, formParam } from "../contract.ts";
import { readForm } from "../form-body.ts";
import { formPage, isKnownForm, thanksPage } from "../form-page.ts";
import { submissionOf, underOwnId } from "../form-submission.ts";
import { Problem, problemOf } from "../problem.ts";
import { type Answer, type Call, route } from "../route.ts";

const TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "text/plain",
] as const satisfies MediaType[];
const LIMIT = 256 * 1024;

export const formRoutes = [
  route({
    method: "POST",
    path: "/forms/:form",
    access: "anyone",
    tag: "doors",
    about:
      "Takes a submitted form. The same form again under its Idempotency-Key (or field submission_id), or within a minute without one, changes nothing. What is not understood is kept beside the submission.",
    isRateLimited: true,
    isForAnySite: true,
    params: formParam,
    body: { types: TYPES, limit: LIMIT, schema: formBody, read: "raw", isAnyCharset: true },
    answers: {
      202: { about: "Recorded, durably.", schema: appended },
      303: { about: "Recorded; for a browser that sent a form and wants a page." },
      400: { about: "Refused, naming the field; nothing was recorded.", schema: problem },
    },
    handle: (call) => (wantsPage(call) ? takeForPage(call) : takeForProgram(call)),
  }),
  route({
    method: "GET",
    path: "/forms/:form",
    access: "anyone",
    tag: "doors",
    about: "A form to fill in: demo, contact or newsletter.",
    params: formParam,
    answers: { 200: { about: "A page.", type: "text/html" }, 404: { about: "No such form.", schema: problem } },
    handle: async ({ params: { form }, request }) => {
      if (!isKnownForm(form)) throw noSuchForm(form);
      return page(200, formPage({ form, values: campaignOf(request.query) }));
    },
  }),
  route({
    method: "GET",
    path: "/forms/:form/thanks",
    access: "anyone",
    tag: "doors",
    about: "What a visitor sees after sending a form.",
    params: formParam,
    answers: { 200: { about: "A page.", type: "text/html" } },
    handle: async ({ params: { form } }) => page(200, thanksPage(form)),
  }),
];

type FormCall = Call<{ form: string }, unknown, unknown>;

function wantsPage({ headers }: FormCall): boolean {
  const isHtmlForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)/i.test(headers["content-type"] ?? "");
  return isHtmlForm && (headers.accept ?? "").includes("text/html");
}

async function takeForProgram(call: FormCall): Promise<Answer> {
  return { status: 202, json: await take(call, await readForm(call.raw, call.headers["content-type"])) };
}

/** A browser without JavaScript: on an error it gets its form back, with everything it typed. */
async function takeForPage(call: FormCall): Promise<Answer> {
  const { form } = call.params;
  let body: unknown = {};
  try {
    body = await readForm(call.raw, call.headers["content-type"]);
    await take(call, body);
    return { status: 303, headers: { location: `/forms/${form}/thanks` } };
  } catch (error) {
    const { problem: trouble, isUnforeseen } = problemOf(error);
    if (isUnforeseen) call.http.report(error, `form ${form}`);
    return page(trouble.status, formPage({ form, values: typedValues(body), problem: atOurField(trouble) }));
  }
}

/** Under the names the page has for them. */
function typedValues(body: unknown): Record<string, string> {
  const typed = Object.entries(body as Record<string, unknown>).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(typed.map(([name, value]) => [fieldOf(name) ?? name, String(value)]));
}

function atOurField(trouble: Problem): Problem {
  const { field } = trouble.parts;
  return field === undefined
    ? trouble
    : new Problem(trouble.code, { ...trouble.parts, field: fieldOf(field) ?? field });
}

async function take(call: FormCall, body: unknown): Promise<Appended | undefined> {
  const { form } = call.params;
  const key = call.headers["idempotency-key"];
  const submission = submissionOf(body, {
    form,
    key: typeof key === "string" ? key : undefined,
    rules: call.http.formRules.get(form),
    recent: call.http.recentForms,
    now: call.engine.clock.now(),
  });
  const recorded = await appendSubmission(call, submission);
  call.http.count("forms", 1);
  return recorded;
}

/** A key that came before with other content is no key: a visitor who corrects a form and sends it again is heard. */
async function appendSubmission({ engine }: FormCall, submission: NewEvent): Promise<Appended | undefined> {
  try {
    return (await engine.append([submission]))[0];
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== "idempotency_conflict") throw error;
    return (await engine.append([underOwnId(submission)]))[0];
  }
}

/** Where the visitor came from, as the link to the page says it; sent along with the form. */
function campaignOf(query: unknown): Record<string, string> {
  const campaign = Object.entries(query as Record<string, unknown>).filter(([name]) => /^utm_[a-z]{1,20}$/.test(name));
  return Object.fromEntries(campaign.map(([name, value]) => [`context_${name}`, String(value).slice(0, 200)]));
}

function noSuchForm(form: string): Problem {
  return new Problem("not_found", {
    saw: `There is no page for a form "${form}".`,
    next: "open /forms/demo, /forms/contact or /forms/newsletter.",
  });
}

function page(status: number, html: string): Answer {
  return { status, text: html, type: "text/html; charset=utf-8" };
}
