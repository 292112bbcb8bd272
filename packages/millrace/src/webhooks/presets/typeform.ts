/** Forms as Typeform sends them: a list of answers, each named by its field's reference or, without one, by its title. */
import { sortForm } from "../../contacts/form-fields.ts";
import type { Json } from "../../events/event.ts";
import type { ForeignDelivery, ForeignEvent, Preset } from "../translation.ts";

interface Field {
  readonly id?: string;
  readonly ref?: string;
  readonly title?: string;
}
interface Answer {
  readonly type?: string;
  readonly field?: Field;
  readonly [kind: string]: unknown;
}

export const typeform: Preset = {
  typeOf: ({ body }) => body?.event_type,
  idOf: ({ body }) => (typeof body?.event_id === "string" ? body.event_id : undefined),
  types: { form_response: submitted },
};

function submitted({ body }: ForeignDelivery): ForeignEvent {
  const { form_response: response } = body;
  const titles = new Map<unknown, string>(
    ((response.definition?.fields ?? []) as readonly Field[]).map(({ id, title }) => [id, title ?? ""]),
  );
  const raw: Record<string, Json> = {};
  for (const answer of (response.answers ?? []) as readonly Answer[]) {
    const value = answeredWith(answer);
    if (value === undefined) continue;
    raw[nameOf(answer, titles)] = value;
  }
  const asked = (response.hidden ?? {}) as Record<string, Json>;
  const visit = { typeform_id: response.form_id, ...asked };
  const { fields, context, extra } = sortForm(raw, visit);
  if (fields.email === undefined) throw new Error("the answers hold no single e-mail address");
  const submittedAt = Date.parse(String(response.submitted_at ?? ""));
  return {
    type: "form_submitted",
    ...(typeof response.token === "string" ? { id: `response:${response.token}` } : {}),
    ...(Number.isFinite(submittedAt) ? { occurredAt: submittedAt } : {}),
    data: {
      form: String(response.definition?.title ?? response.form_id ?? "typeform").slice(0, 200),
      fields,
      context,
      ...(Object.keys(extra).length === 0 ? {} : { extra }),
    },
  };
}

/** A reference its maker wrote names the property; a generated one, or none, gives way to kind and title. */
function nameOf({ type, field = {} }: Answer, titles: ReadonlyMap<unknown, string>): string {
  const { ref = "", id } = field;
  if (ref !== "" && !/^[0-9a-f]{8}-[0-9a-f-]{27}$|^(?=.*\d)[0-9a-z]{16,}$/i.test(ref)) return ref;
  if (type === "email") return "email";
  if (type === "phone_number") return "phone";
  return titles.get(id) || ref || "answer";
}

function answeredWith(answer: Answer): Json | undefined {
  const { type = "" } = answer;
  const given = answer[type] as { label?: Json; labels?: Json; other?: Json } | Json | undefined;
  if (typeof given !== "object" || given === null) return given ?? undefined;
  if (Array.isArray(given)) return given;
  const { label, labels, other } = given as { label?: Json; labels?: Json; other?: Json };
  return labels ?? label ?? other ?? (given as Json);
}
