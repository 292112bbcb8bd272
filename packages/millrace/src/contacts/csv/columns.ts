/**
 * What the columns of a table of contacts mean: as HubSpot, Salesforce and spreadsheet programs head them, or as the caller
 * says. Pure. Used by rows.ts.
 */
import { fieldOf } from "../form-fields.ts";

export type ColumnKind = "property" | "email" | "moreEmails" | "id" | "optOut" | "created" | "left out";

export interface Column {
  readonly header: string;
  readonly kind: ColumnKind;
  /** Our name of a property; of an id, the name of the system. */
  readonly name: string;
}

/** Headers in lower case, without anything but letters and digits. */
const HEADERS: Readonly<Record<string, readonly [ColumnKind, string]>> = {
  ...named("id", "hubspot", ["recordid", "hsobjectid", "contactid(hubspot)", "hubspotid"]),
  ...named("id", "salesforce", ["leadid", "contactid", "salesforceid", "accountcontactid"]),
  ...named("moreEmails", "email", ["additionalemailaddresses", "hsadditionalemails", "email2", "secondaryemail"]),
  ...named("created", "createdate", [
    "createdate",
    "createddate",
    "created",
    "createdat",
    "datecreated",
    "erstelldatum",
  ]),
  ...named("optOut", "optedOut", [
    "unsubscribedfromallemail",
    "hsemailoptout",
    "emailoptout",
    "optedoutofemail",
    "optout",
    "optedout",
    "unsubscribed",
    "donotcontact",
    "donotemail",
  ]),
  ...named("left out", "", [
    "lastmodifieddate",
    "lastmodified",
    "lastactivitydate",
    "modifieddate",
    "associatedcompany",
  ]),
  ...named("property", "numberofemployees", ["numberofemployees", "noofemployees", "employees", "companysize"]),
  ...named("property", "annualrevenue", ["annualrevenue", "revenue"]),
  ...named("property", "jobtitle", ["title", "jobtitle", "position"]),
  ...named("property", "company", ["accountname", "companyaccount", "companyname", "account", "company"]),
  ...named("property", "lifecyclestage", ["lifecyclestage"]),
  ...named("property", "hs_lead_status", ["leadstatus", "hsleadstatus"]),
  ...named("property", "lead_source", ["leadsource"]),
  ...named("property", "lead_score", ["leadscore"]),
};

/** @param own what the caller says of a header: our name, or "-" to leave it out. */
export function columnsOf(headers: readonly string[], own: ReadonlyMap<string, string> = new Map()): Column[] {
  return headers.map((header): Column => {
    const said = own.get(header);
    if (said === "-") return { header, kind: "left out", name: "" };
    if (said !== undefined) return { header, kind: said === "email" ? "email" : "property", name: said };
    const [kind, name] = HEADERS[header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")] ?? [];
    if (kind !== undefined && name !== undefined) return { header, kind, name };
    const field = fieldOf(header.trim());
    if (field === undefined) return { header, kind: "left out", name: "" };
    return { header, kind: field === "email" ? "email" : "property", name: field };
  });
}

function named(kind: ColumnKind, name: string, headers: readonly string[]) {
  return Object.fromEntries(headers.map((header) => [header, [kind, name] as const]));
}
