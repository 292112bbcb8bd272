/** Someone sends a form: the open way for pages, the secure way for servers. A contact is found or made by the e-mail. */
import { z } from "zod";
import { type Account, isoOf, type Source, type Submission } from "../account/account.ts";
import { CONTACT } from "../account/object-types.ts";
import { applyCreate, applyUpdate, checkCreate, checkUpdate, findByUnique, putValues } from "../account/records.ts";
import { keptValue } from "../account/values.ts";
import { ApiError, type ErrorDetail } from "../http/api-error.ts";
import { type Answer, type Call, neededTable, ok, type Route } from "../http/route.ts";

const MAX_FIELDS = 1_000;
const MAX_INPUT_LENGTH = 65_536;

const submissionSchema = z.object({
  submittedAt: z.union([z.string(), z.number()]).nullish(),
  fields: z.array(
    z.object({
      objectTypeId: z.string().nullish(),
      name: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]).transform(String),
    }),
  ),
  context: z
    .object({
      hutk: z.string().nullish(),
      ipAddress: z.string().nullish(),
      pageUri: z.string().nullish(),
      pageName: z.string().nullish(),
    })
    .nullish(),
  legalConsentOptions: z.unknown().optional(),
});
type Sent = z.infer<typeof submissionSchema>;

const fieldSchema = z.looseObject({ name: z.string(), required: z.boolean().nullish() });
const groupsSchema = z.array(z.looseObject({ fields: z.array(fieldSchema).nullish() }));

type Problem = { message: string; errorType: string };

const refused = (errors: readonly Problem[]): ApiError =>
  new ApiError(400, { message: "The request is not valid", errors: errors as unknown as ErrorDetail[] });

/** Fields of the form, or undefined when its definition has none to go by. */
function fieldsOf(account: Account, formId: string) {
  const groups = groupsSchema.safeParse(account.forms.get(formId)?.fieldGroups).data;
  const fields = groups?.flatMap((group) => group.fields ?? []) ?? [];
  return fields.length === 0 ? undefined : fields;
}

function fieldProblems(account: Account, formId: string, sent: Sent, isSecure: boolean): Problem[] {
  const problems: Problem[] = [];
  const known = fieldsOf(account, formId);
  const add = (name: string, errorType: string, text: string) =>
    problems.push({ errorType, message: `Error in 'fields.${name}'. ${text}` });
  if (sent.fields.length > MAX_FIELDS) {
    add("", "MAX_NUMBER_OF_SUBMITTED_VALUES_EXCEEDED", `More than ${MAX_FIELDS} values were submitted`);
  }
  for (const { name, value } of sent.fields) {
    if (value.length > MAX_INPUT_LENGTH) add(name, "INPUT_TOO_LARGE", "Value is too large");
    if (!isSecure && known !== undefined && !known.some((field) => field.name === name)) {
      add(name, "FIELD_NOT_IN_FORM_DEFINITION", "Field is not in the form definition");
    }
    const definition = neededTable(account, CONTACT).definitions.get(name);
    const kept = definition === undefined ? undefined : keptValue(definition, value);
    if (kept !== undefined && "wrong" in kept) {
      if (name === "email") add(name, "INVALID_EMAIL", "Invalid email address");
      else if (definition?.type === "number") add(name, "INVALID_NUMBER", "Invalid number");
      else add(name, "VALUE_NOT_IN_FIELD_DEFINITION", "Value is not valid for this field");
    }
  }
  for (const field of known ?? []) {
    const isThere = sent.fields.some(({ name, value }) => name === field.name && value !== "");
    if (field.required && !isThere) add(field.name, "REQUIRED_FIELD", `Required field '${field.name}' is missing`);
  }
  return problems;
}

function contextProblems({ context }: Sent): Problem[] {
  const problems: Problem[] = [];
  const { hutk, ipAddress, pageUri } = context ?? {};
  if (hutk && !/^[0-9a-f]{32}$/i.test(hutk)) {
    problems.push({ errorType: "INVALID_HUTK", message: "Error in 'context.hutk'. Invalid hutk" });
  }
  if (ipAddress && !/^[0-9a-f.:]{2,45}$/i.test(ipAddress)) {
    problems.push({ errorType: "INVALID_IP_ADDRESS", message: "Error in 'context.ipAddress'. Invalid IP address" });
  }
  if (pageUri && !URL.canParse(pageUri)) {
    problems.push({ errorType: "INVALID_PAGE_URI", message: "Error in 'context.pageUri'. Invalid page URI" });
  }
  return problems;
}

/** Finds or makes the contact, with the values its properties take; the conversion marks are HubSpot's own. */
function writeContact(account: Account, formName: string, sent: Sent, at: number, source: Source): void {
  const table = neededTable(account, CONTACT);
  const values = new Map<string, string>();
  for (const { name, value, objectTypeId } of sent.fields) {
    const definition = table.definitions.get(name);
    if (definition === undefined || (objectTypeId ?? CONTACT) !== CONTACT) continue;
    if (definition.modificationMetadata.readOnlyValue) continue;
    values.set(name, value);
  }
  const email = values.get("email");
  if (email === undefined || email === "") return;
  const before = findByUnique(table, "email", email);
  const record =
    before === undefined
      ? applyCreate(account, table, checkCreate(account, table, values, new Set()), source)
      : applyUpdate(account, table, checkUpdate(account, table, before, values, new Set()), source);
  const count = Number(record.properties.get("num_conversion_events") ?? 0) + 1;
  const marks = new Map([
    ["recent_conversion_date", isoOf(at)],
    ["recent_conversion_event_name", formName],
    ["num_conversion_events", String(count)],
  ]);
  if (count === 1) {
    marks.set("first_conversion_date", isoOf(at)).set("first_conversion_event_name", formName);
  }
  putValues(account, table, record, marks, source);
}

const submit =
  (isSecure: boolean) =>
  ({ account, params, body }: Call): Answer => {
    const formId = params.formId ?? "";
    const form = account.forms.get(formId);
    if (String(account.portalId) !== params.portalId || form === undefined) {
      throw new ApiError(404, { message: "The form could not be found", category: "OBJECT_NOT_FOUND" });
    }
    const result = submissionSchema.safeParse(body ?? {});
    if (!result.success) {
      const path = result.error.issues[0]?.path.join(".") ?? "body";
      throw refused([{ errorType: "INVALID_METADATA", message: `Error in '${path}'. Invalid request` }]);
    }
    const sent = result.data;
    const problems = [...fieldProblems(account, formId, sent, isSecure), ...contextProblems(sent)];
    if (problems.length > 0) throw refused(problems);

    const at = Number(sent.submittedAt ?? account.now()) || account.now();
    const submission: Submission = {
      submittedAt: at,
      values: sent.fields.map(({ name, value, objectTypeId }) => ({
        name,
        value,
        objectTypeId: objectTypeId ?? CONTACT,
      })),
      ...(sent.context?.pageUri ? { pageUrl: sent.context.pageUri } : {}),
    };
    account.submissions.set(formId, [...(account.submissions.get(formId) ?? []), submission]);
    const source = { changeSource: "FORM", sourceId: formId };
    const pageName = sent.context?.pageName ? `${sent.context.pageName}: ` : "";
    writeContact(account, `${pageName}${String(form.name)}`, sent, at, source);
    const cors: Record<string, string> = isSecure ? {} : { "access-control-allow-origin": "*" };
    return { ...ok({ inlineMessage: "Thanks for submitting the form." }), headers: cors };
  };

export function submissionRoutes(): Route[] {
  const root = "/submissions/v3/integration";
  return [
    {
      method: "POST",
      path: `${root}/submit/:portalId/:formId`,
      handle: submit(false),
      access: "open",
      limit: "forms",
    },
    { method: "POST", path: `${root}/secure/submit/:portalId/:formId`, handle: submit(true), scopes: ["forms"] },
  ];
}
