/** The kinds of records: ids, names in any spelling, what a search looks at, what comes back unasked. */

export type ObjectType = {
  typeId: string;
  singular: string;
  plural: string;
  /** Properties of a record when none are asked for. */
  defaults: readonly string[];
  /** Where the free-text `query` of a search looks. */
  searchable: readonly string[];
  /** Properties without which a record is refused; an inner list means "one of these". */
  required: readonly (readonly string[])[];
};

const ACTIVITY_DEFAULTS = ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"];
const RECORD_DEFAULTS = ["hs_createdate", "hs_lastmodifieddate", "hs_object_id"];

function activity(typeId: string, singular: string, plural: string, searchable: string[], required: string[] = []) {
  const needed = [["hs_timestamp"], ...required.map((name) => [name])];
  return { typeId, singular, plural, defaults: ACTIVITY_DEFAULTS, searchable, required: needed };
}

function plain(typeId: string, singular: string, plural: string, searchable: string[] = ["name"]): ObjectType {
  return { typeId, singular, plural, defaults: ["name", ...RECORD_DEFAULTS], searchable, required: [] };
}

export const OBJECT_TYPES: readonly ObjectType[] = [
  {
    typeId: "0-1",
    singular: "contact",
    plural: "contacts",
    defaults: ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"],
    searchable: ["firstname", "lastname", "email", "phone", "hs_additional_emails", "fax", "mobilephone", "company"],
    required: [],
  },
  {
    typeId: "0-2",
    singular: "company",
    plural: "companies",
    defaults: ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"],
    searchable: ["website", "phone", "name", "domain"],
    required: [["name", "domain"]],
  },
  {
    typeId: "0-3",
    singular: "deal",
    plural: "deals",
    defaults: [
      "amount",
      "closedate",
      "createdate",
      "dealname",
      "dealstage",
      "hs_lastmodifieddate",
      "hs_object_id",
      "pipeline",
    ],
    searchable: ["dealname", "pipeline", "dealstage", "description", "dealtype"],
    required: [],
  },
  {
    typeId: "0-5",
    singular: "ticket",
    plural: "tickets",
    defaults: [
      "content",
      "createdate",
      "hs_lastmodifieddate",
      "hs_object_id",
      "hs_pipeline",
      "hs_pipeline_stage",
      "hs_ticket_priority",
      "subject",
    ],
    searchable: ["subject", "content", "hs_pipeline_stage", "hs_ticket_category"],
    required: [],
  },
  activity("0-27", "task", "tasks", ["hs_task_body", "hs_task_subject"]),
  activity("0-46", "note", "notes", ["hs_note_body"]),
  activity("0-47", "meeting", "meetings", ["hs_meeting_title", "hs_meeting_body"]),
  activity("0-48", "call", "calls", ["hs_call_title", "hs_call_body"]),
  activity("0-49", "email", "emails", ["hs_email_subject"], ["hs_email_direction"]),
  activity("0-18", "communication", "communications", ["hs_communication_body"]),
  activity("0-116", "postal_mail", "postal_mail", ["hs_postal_mail_body"]),
  plain("0-7", "product", "products", ["name", "description", "price", "hs_sku"]),
  plain("0-8", "line_item", "line_items"),
  plain("0-14", "quote", "quotes", ["hs_title"]),
  plain("0-54", "marketing_event", "marketing_events"),
  plain("0-69", "subscription", "subscriptions"),
  plain("0-115", "user", "users"),
  plain("0-123", "order", "orders"),
  plain("0-136", "lead", "leads", ["hs_lead_name"]),
  plain("0-162", "service", "services"),
  plain("0-410", "course", "courses"),
  plain("0-420", "listing", "listings"),
  plain("0-421", "appointment", "appointments"),
];

const BY_SPELLING = new Map<string, ObjectType>();
for (const type of OBJECT_TYPES) {
  for (const spelling of [type.typeId, type.singular, type.plural]) BY_SPELLING.set(spelling, type);
}

/** Names come as `contacts`, `contact`, `CONTACT` or `0-1`. */
export function objectTypeOf(spelling: string): ObjectType | undefined {
  return BY_SPELLING.get(spelling.toLowerCase());
}

export const CONTACT = "0-1";
export const COMPANY = "0-2";
export const TASK = "0-27";
export const NOTE = "0-46";
export const EMAIL = "0-49";

/** Contacts alone call their last-modified property differently. */
export function lastModifiedName(typeId: string): string {
  return typeId === CONTACT ? "lastmodifieddate" : "hs_lastmodifieddate";
}

/** The CRM's own four keep `createdate`; activities and the rest say `hs_createdate`. */
export function createdName(typeId: string): string {
  return ["0-1", "0-2", "0-3", "0-5"].includes(typeId) ? "createdate" : "hs_createdate";
}
