/** The properties HubSpot fills by itself from others. Pure; records.ts puts the result beside what was written. */
import { z } from "zod";
import { CONTACT, EMAIL, TASK } from "./object-types.ts";

type Values = ReadonlyMap<string, string>;

const addressSchema = z.looseObject({
  email: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
});
const headersSchema = z.looseObject({
  from: addressSchema.optional(),
  to: z.array(addressSchema).optional(),
  cc: z.array(addressSchema).optional(),
  bcc: z.array(addressSchema).optional(),
});

function headersOf(text: string): z.infer<typeof headersSchema> {
  try {
    return headersSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

function fromHeaders(text: string): [string, string][] {
  const { from, to, cc, bcc } = headersOf(text);
  const joined = (list: { email?: string | undefined }[] | undefined): string =>
    (list ?? []).flatMap(({ email }) => (email === undefined ? [] : [email])).join(";");
  return [
    ["hs_email_from_email", from?.email ?? ""],
    ["hs_email_from_firstname", from?.firstName ?? ""],
    ["hs_email_from_lastname", from?.lastName ?? ""],
    ["hs_email_to_email", joined(to)],
    ["hs_email_cc_email", joined(cc)],
    ["hs_email_bcc_email", joined(bcc)],
  ];
}

/** Values that follow from what just changed; an empty value clears. */
export function derivedValues(
  typeId: string,
  properties: Values,
  changed: ReadonlySet<string>,
  at: number,
): [string, string][] {
  if (typeId === TASK && changed.has("hs_task_status")) {
    const isCompleted = properties.get("hs_task_status") === "COMPLETED";
    return [
      ["hs_task_is_completed", String(isCompleted)],
      ["hs_task_completion_date", isCompleted ? new Date(at).toISOString() : ""],
    ];
  }
  if (typeId === EMAIL && changed.has("hs_email_headers")) return fromHeaders(properties.get("hs_email_headers") ?? "");
  if (typeId === CONTACT && changed.has("email")) {
    return [["hs_email_domain", properties.get("email")?.split("@")[1] ?? ""]];
  }
  return [];
}

/** Values that depend on the hour they are read at. */
export function valueWhenRead(typeId: string, name: string, properties: Values, now: number): string | undefined {
  if (typeId === TASK && (name === "hs_task_is_overdue" || name === "hs_task_is_past_due_date")) {
    const dueAt = Date.parse(properties.get("hs_timestamp") ?? "");
    return String(dueAt < now && properties.get("hs_task_status") !== "COMPLETED");
  }
  return properties.get(name);
}
