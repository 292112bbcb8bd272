/** Form definitions as marketing has them, and reading submissions back, newest first. Sending one in: form-submissions.ts. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { isoOf } from "../account/account.ts";
import { notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import { type Answer, type Call, created, nothing, ok, pageOf, parsed, type Route } from "../http/route.ts";

const formSchema = z.looseObject({
  formType: z.enum(["hubspot", "captured", "flow", "blog_comment"]),
  name: z.string().min(1),
  fieldGroups: z.array(z.unknown()).max(100).nullish(),
});
const patchSchema = z.looseObject({ name: z.string().nullish() });

export function standardForm(name: string, fieldGroups: unknown[]) {
  return {
    formType: "hubspot",
    name,
    archived: false,
    fieldGroups,
    configuration: {
      language: "en",
      cloneable: true,
      postSubmitAction: { type: "thank_you", value: "Thanks for submitting the form." },
      editable: true,
      archivable: true,
      recaptchaEnabled: false,
      notifyContactOwner: false,
      notifyRecipients: [],
      createNewContactForNewEmail: false,
      prePopulateKnownValues: true,
      allowLinkToResetKnownValues: false,
      lifecycleStages: [],
    },
    displayOptions: {
      renderRawHtml: false,
      theme: "default_style",
      submitButtonText: "Submit",
      style: {
        fontFamily: "arial, helvetica, sans-serif",
        backgroundWidth: "100%",
        labelTextColor: "#33475b",
        labelTextSize: "11px",
        helpTextColor: "#7C98B6",
        helpTextSize: "11px",
        legalConsentTextColor: "#33475b",
        legalConsentTextSize: "14px",
        submitColor: "#ff7a59",
        submitAlignment: "left",
        submitFontColor: "#ffffff",
        submitSize: "12px",
      },
      cssClass: null,
    },
    legalConsentOptions: { type: "none" },
  };
}

function create({ account, body }: Call): Answer {
  const given = parsed(formSchema, body);
  const at = isoOf(account.now());
  const standard = standardForm(given.name, given.fieldGroups ?? []);
  const form = { ...standard, ...given, id: randomUUID(), createdAt: at, updatedAt: at, archived: false };
  account.forms.set(form.id, form);
  return created(form);
}

function neededForm({ account, params }: Call) {
  const form = account.forms.get(params.id ?? "");
  if (form === undefined) throw notFound();
  return form;
}

function list(call: Call): Answer {
  return ok(pageOf(call, [...call.account.forms.values()], 20, 100));
}

function update(call: Call): Answer {
  const form = neededForm(call);
  const { id: _, formType: __, createdAt: ___, ...given } = parsed(patchSchema, call.body);
  const changed = { ...form, ...given, updatedAt: isoOf(call.account.now()) };
  call.account.forms.set(form.id, changed);
  return ok(changed);
}

function remove(call: Call): Answer {
  call.account.forms.delete(neededForm(call).id);
  return nothing();
}

function submissions(call: Call): Answer {
  const { account, params } = call;
  const id = params.id ?? "";
  if (!account.forms.has(id) && !account.submissions.has(id)) throw notFound("Form not found");
  const newestFirst = [...(account.submissions.get(id) ?? [])].reverse();
  const { results, paging } = pageOf(call, newestFirst, 20, 50);
  return ok({ results, ...(paging === undefined ? {} : { paging: { next: { after: paging.next.after } } }) });
}

export function formRoutes({ forms }: Family): Route[] {
  const scopes = ["forms"];
  return [
    { method: "GET", path: forms, handle: list, scopes },
    { method: "POST", path: forms, handle: create, scopes },
    { method: "GET", path: `${forms}/:id`, handle: (call) => ok(neededForm(call)), scopes },
    { method: "PATCH", path: `${forms}/:id`, handle: update, scopes },
    { method: "DELETE", path: `${forms}/:id`, handle: remove, scopes },
  ];
}

export function submissionReadingRoutes(): Route[] {
  return [
    {
      method: "GET",
      path: "/form-integrations/v1/submissions/forms/:id",
      handle: submissions,
      scopes: ["forms"],
    },
  ];
}
