/**
 * What each column of a CSV file becomes: a property of ours, by the names that HubSpot, Salesforce and spreadsheets give it
 * in several languages or by what the person who imports says, the sign of an opt-out, or nothing. Pure. Called by
 * import-csv.ts.
 */
import { parseEmailAddress } from "../../base/email-address.ts";
import { didYouMean, MillraceError } from "../../base/errors.ts";
import { propertyOfSpelling } from "../../contacts/form-fields.ts";
import { propertyName } from "../../events/define-event.ts";

export interface CsvColumn {
  /** As the header says it. */
  readonly header: string;
  readonly index: number;
  /** A property of ours, "email", "name" for both halves in one; undefined: left aside. */
  readonly property: string | undefined;
  /** A yes in it means that the person wants no e-mail. */
  readonly isOptOut: boolean;
}

/** Beside the names that forms use: those of exports. */
const OF_EXPORTS: Readonly<Record<string, string>> = {
  accountname: "company",
  companyaccount: "company",
  account: "company",
  company1: "company",
  organization1name: "company",
  title: "jobtitle",
  position: "jobtitle",
  funktion: "jobtitle",
  titre: "jobtitle",
  poste: "jobtitle",
  cargo: "jobtitle",
  functie: "jobtitle",
  email1: "email",
  email1value: "email",
  primaryemail: "email",
  emailaddress1: "email",
  phone1value: "phone",
  mobil: "mobilephone",
  mobiltelefon: "mobilephone",
  companydomainname: "website",
  employeecount: "numberofemployees",
  numberofemployeesrange: "numberofemployees",
  anzahlmitarbeiter: "numberofemployees",
  mailingcountry: "country",
  mailingcity: "city",
  mailingpostalcode: "zip",
  mailingstateprovince: "state",
  city: "city",
  ort: "city",
  stadt: "city",
  ville: "city",
  ciudad: "city",
  postalcode: "zip",
  zip: "zip",
  zipcode: "zip",
  plz: "zip",
  stateregion: "state",
  state: "state",
  leadsource: "lead_source",
  originalsource: "lead_source",
  leadstatus: "hs_lead_status",
  lifecyclestage: "lifecyclestage",
  timezone: "hs_timezone",
  salutation: "salutation",
  anrede: "salutation",
  birthdate: "date_of_birth",
  dateofbirth: "date_of_birth",
  geburtsdatum: "date_of_birth",
};

const OPT_OUTS: ReadonlySet<string> = new Set([
  "emailoptout",
  "hasoptedoutofemail",
  "optedoutofemail",
  "unsubscribedfromallemail",
  "unsubscribed",
  "unsubscribedat",
  "unsubtime",
  "optouttime",
  "optout",
  "optedout",
  "donotcontact",
  "donotemail",
  "abgemeldet",
  "keinewerbung",
]);

/** What the engine works out itself: a file cannot set it. */
const OURS = /^(lead_band|lead_status|millrace_.*)$/;

/** @param text "Column=property"; without a property the column is left aside. */
export interface ColumnRequest {
  readonly header: string;
  readonly property: string | undefined;
}

/** @throws MillraceError invalid_request for a property that cannot be set. */
export function columnRequest(text: string): ColumnRequest {
  const at = text.lastIndexOf("=");
  const property = text.slice(at + 1).trim();
  if (at < 1 || (property !== "" && !propertyName.safeParse(property).success)) {
    throw refused(
      `"${text}" is no mapping.`,
      'write it as "Column=property", e.g. "Firma=company"; "Column=" leaves it aside.',
    );
  }
  if (OURS.test(property)) {
    throw refused(
      `The engine itself works out "${property}".`,
      'map the column to "lead_score", or to a property of your own.',
    );
  }
  return { header: text.slice(0, at), property: property === "" ? undefined : property };
}

/** @throws MillraceError invalid_request when a wish names a column that there is not, or none holds an address. */
export function columnsOf(headers: readonly string[], wishes: readonly ColumnRequest[] = []): readonly CsvColumn[] {
  const address = headers.find((header) => parseEmailAddress(header) !== undefined);
  // Whichever column were named, the first row would be lost as a heading.
  if (address !== undefined)
    throw refused(
      `The first line holds an address (${address}), so the file has no line that names its columns.`,
      `put one above it, e.g. "${headers.map((header, i) => (header === address ? "email" : `column ${i + 1}`)).join(",")}".`,
    );
  const wished = new Map(wishes.map((request) => [spellingOf(request.header), request]));
  for (const { header } of wishes) {
    if (headers.some((one) => spellingOf(one) === spellingOf(header))) continue;
    throw refused(
      `There is no column "${header}".${didYouMean(header, headers)}`,
      `its columns are: ${headers.join(", ")}.`,
    );
  }
  const columns = headers.map((header, index): CsvColumn => {
    const spelling = spellingOf(header);
    const request = wished.get(spelling);
    const isOptOut = request === undefined && OPT_OUTS.has(spelling);
    const property = request === undefined ? usualProperty(spelling) : request.property;
    return { header: header.trim(), index, property: isOptOut ? undefined : property, isOptOut };
  });
  if (columns.some(({ property }) => property === "email")) return columns;
  throw refused(
    "No column holds e-mail addresses, by its name.",
    `name it, e.g. --map "${headers[0] ?? "Column"}=email"; the columns are: ${headers.join(", ")}.`,
  );
}

/** What the company thinks of a contact (its score, its owner) is in neither list: only who imports can say so. */
function usualProperty(spelling: string): string | undefined {
  const property = OF_EXPORTS[spelling] ?? propertyOfSpelling(spelling);
  return property === "message" ? undefined : property;
}

function spellingOf(header: string): string {
  return header
    .toLowerCase()
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function refused(saw: string, next: string): MillraceError {
  return new MillraceError("invalid_request", { saw: `${saw} Nothing was imported.`, next, field: "map" });
}
