/** A few people, companies, tasks and a form, so that a fresh simulator has something to look at. All of it invented. */
import { standardForm } from "../routes/forms.ts";
import { createProperty } from "../routes/properties.ts";
import { type Account, isoOf, type Source } from "./account.ts";
import { link } from "./associations.ts";
import { COMPANY, CONTACT, TASK } from "./object-types.ts";
import { applyCreate, checkCreate } from "./records.ts";

const COMPANIES = [
  { name: "Analytical Engines Ltd", domain: "engines.example", city: "London", industry: "Computing" },
  { name: "Harbour Light", domain: "harbour-light.example", city: "Gdynia", industry: "Shipping" },
  { name: "Northmill Foods", domain: "northmill.example", city: "Leeds", industry: "Food" },
];

const CONTACTS = [
  { firstname: "Ada", lastname: "Lovelace", email: "ada@engines.example", jobtitle: "Head of Research", score: "62" },
  { firstname: "Grace", lastname: "Hopper", email: "grace@harbour-light.example", jobtitle: "CTO", score: "74" },
  { firstname: "Karen", lastname: "Jones", email: "karen@northmill.example", jobtitle: "Buyer", score: "18" },
  { firstname: "Mary", lastname: "Somerville", email: "mary@engines.example", jobtitle: "Analyst", score: "" },
];

const TASKS = [
  { subject: "Call Grace about the pilot", priority: "HIGH", contact: 1 },
  { subject: "Send Ada the price list", priority: "MEDIUM", contact: 0 },
];

const FIELD = { hidden: false, required: false, objectTypeId: CONTACT, dependentFields: [] };

export const SEED_FORM_ID = "5b9f7c1e-2f6a-4b7e-9a52-8f5f1c0e7d11";

function seedForm(account: Account): void {
  const fields = [
    {
      ...FIELD,
      fieldType: "email",
      name: "email",
      label: "Email",
      required: true,
      validation: { blockedEmailDomains: [], useDefaultBlockList: false },
    },
    { ...FIELD, fieldType: "single_line_text", name: "firstname", label: "First name" },
    { ...FIELD, fieldType: "single_line_text", name: "lastname", label: "Last name" },
    { ...FIELD, fieldType: "single_line_text", name: "company", label: "Company" },
    { ...FIELD, fieldType: "multi_line_text", name: "message", label: "Message" },
  ];
  const at = isoOf(account.now());
  const groups = fields.map((field) => ({ groupType: "default_group", richTextType: "text", fields: [field] }));
  account.forms.set(SEED_FORM_ID, {
    ...standardForm("Request a demo", groups),
    id: SEED_FORM_ID,
    createdAt: at,
    updatedAt: at,
  });
}

export function seedAccount(account: Account): void {
  const source: Source = { changeSource: "CRM_UI", sourceId: `userId:${account.userId}`, userId: account.userId };
  const table = (typeId: string) => {
    const found = account.tables.get(typeId);
    if (found === undefined) throw new Error(`No table ${typeId}`);
    return found;
  };
  const put = (typeId: string, values: Record<string, string>) => {
    const write = checkCreate(account, table(typeId), new Map(Object.entries(values)), new Set());
    return applyCreate(account, table(typeId), write, source);
  };
  const score = { name: "lead_score", label: "Lead score", type: "number", fieldType: "number" } as const;
  createProperty(table(CONTACT), { ...score, groupName: "contactinformation" }, account.now(), account.userId);

  const companies = COMPANIES.map((company) => put(COMPANY, company));
  const contacts = CONTACTS.map(({ score, ...contact }) => {
    const domain = contact.email.split("@")[1];
    const company = companies[COMPANIES.findIndex((known) => known.domain === domain)];
    const record = put(CONTACT, {
      ...contact,
      lifecyclestage: "lead",
      company: company?.properties.get("name") ?? "",
      ...(score === "" ? {} : { lead_score: score }),
    });
    if (company !== undefined) {
      link(account, { fromType: CONTACT, fromId: record.id, toType: COMPANY, toId: company.id }, [], source);
    }
    return record;
  });
  for (const { subject, priority, contact } of TASKS) {
    const task = put(TASK, {
      hs_timestamp: isoOf(account.now() + 24 * 3_600_000),
      hs_task_subject: subject,
      hs_task_status: "NOT_STARTED",
      hs_task_priority: priority,
      hs_task_type: "TODO",
    });
    const ends = { fromType: TASK, fromId: task.id, toType: CONTACT, toId: contacts[contact]?.id ?? "" };
    link(account, ends, [], source);
  }
  seedForm(account);
}
