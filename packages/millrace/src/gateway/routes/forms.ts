/** The door for web forms: any site may post here; the pages it shows are in form-page.ts. */
import { MillraceError } from "../../errors.ts";
import type { NewEvent } from "../../events/event.ts";
import { appended, problem } from "../answers.ts";
import { type MediaType, parseForm, parseJson } from "../body.ts";
import { formBody, formParam } from "../contract.ts";
import { formPage, isKnownForm, thanksPage } from "../form-page.ts";
import { submissionOf } from "../form-submission.ts";
import { Problem, problemOf } from "../problem.ts";
import { type Answer, type Call, route } from "../route.ts";

const TYPES = ["application/json", "application/x-www-form-urlencoded"] as const satisfies MediaType[];
const LIMIT = 256 * 1024;

export const formRoutes = [
  route({
    method: "POST",
    path: "/forms/:form",
    access: "anyone",
    tag: "doors",
    about: "Takes a submitted form. A repeated Idempotency-Key (or field submission_id) changes nothing.",
    isRateLimited: true,
    params: formParam,
    body: { types: TYPES, limit: LIMIT, schema: formBody, read: "raw" },
    answers: {
      202: { about: "Recorded, durably.", schema: appended },
      303: { about: "Recorded; for a browser that sent a form and wants a page." },
      400: { about: "Refused, naming the field; nothing was recorded.", schema: problem },
      409: { about: "The same key came before with other content.", schema: problem },
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

function wantsPage({ mediaType, headers }: FormCall): boolean {
  return mediaType === "application/x-www-form-urlencoded" && (headers.accept ?? "").includes("text/html");
}

async function takeForProgram(call: FormCall): Promise<Answer> {
  const body = call.mediaType === "application/json" ? parseJson(call.raw) : parseForm(call.raw);
  return { status: 202, json: await take(call, body) };
}

/** A browser without JavaScript: on an error it gets its form back, with everything it typed. */
async function takeForPage(call: FormCall): Promise<Answer> {
  const { form } = call.params;
  let values: Readonly<Record<string, string>> = {};
  try {
    values = parseForm(call.raw);
    await take(call, values);
    return { status: 303, headers: { location: `/forms/${form}/thanks` } };
  } catch (error) {
    const { problem: trouble, isUnforeseen } = problemOf(error);
    if (isUnforeseen) call.door.report(error, `form ${form}`);
    return page(trouble.status, formPage({ form, values, problem: trouble }));
  }
}

async function take(call: FormCall, body: unknown) {
  const { form } = call.params;
  const key = call.headers["idempotency-key"];
  const { event, isFlat } = submissionOf(form, body, typeof key === "string" ? key : undefined);
  try {
    const [recorded] = await call.engine.append([event as NewEvent]);
    call.door.count("forms", 1);
    return recorded;
  } catch (error) {
    throw isFlat ? withFlatField(error) : error;
  }
}

/** The catalogue speaks of "data.fields.company"; the sender of a flat form knows it as "company". */
function withFlatField(error: unknown): unknown {
  if (!(error instanceof MillraceError) || error.parts.field === undefined) return error;
  const field = error.parts.field.replace(/^data\.fields\./, "");
  return new MillraceError(error.code, {
    ...error.parts,
    saw: error.parts.saw.replaceAll(error.parts.field, field),
    field,
  });
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
