/** Names in plain words: of properties, of who did something, of a contact. What the engine calls by its own names stays out of sight. */

/** What is needed of a contact to name it. */
export interface Nameable {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly facts?: Readonly<Record<string, unknown>>;
}

const PROPERTIES: Readonly<Record<string, string>> = {
  company_size_band: "company size",
  country: "country",
  domain: "domain",
  email: "e-mail",
  email_kind: "kind of address",
  firstname: "first name",
  hs_lead_status: "status in HubSpot",
  hs_object_id: "record in HubSpot",
  hubspot_owner_id: "owner in HubSpot",
  industry_group: "industry group",
  jobtitle: "job title",
  lastname: "last name",
  lead_band: "band",
  lead_score: "score",
  lead_status: "status",
  lifecyclestage: "stage",
  mobilephone: "mobile phone",
  numberofemployees: "employees",
  numemployees: "employees",
  zip: "postal code",
};

const VALUES: Readonly<Record<string, string>> = {
  SALES_READY: "ready for sales",
  QUALIFIED: "qualified",
  NEW: "new",
  CUSTOMER: "customer",
  OUTREACH: "being written to",
  NURTURING: "being nurtured",
  UNQUALIFIED: "not qualified",
  LOW_PRIORITY: "low priority",
  marketingqualifiedlead: "marketing qualified",
  salesqualifiedlead: "sales qualified",
  c_level: "executive",
  mid_market: "mid-market",
};

const OWN_SPELLING: Readonly<Record<string, string>> = { crm: "CRM", hubspot: "HubSpot", mcp: "MCP", url: "URL" };

/** "hot_lead_review" → "hot lead review", "crm_sync" → "CRM sync", "oldestDueMs" → "oldest due ms" */
export function humanly(name: unknown): string {
  return String(name ?? "")
    .replaceAll(/[_-]+/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replaceAll(/\b(crm|hubspot|mcp|url)\b/gi, (word) => OWN_SPELLING[word.toLowerCase()] ?? word)
    .trim();
}

/** "hot lead review" → "Hot lead review" */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "numberofemployees" → "employees" */
export function propertyWords(name: string): string {
  return PROPERTIES[name] ?? humanly(name.replace(/^hs_|^millrace_/, ""));
}

/** "SALES_READY" → "ready for sales"; what a person typed stays as it is. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (VALUES[text] !== undefined) return VALUES[text];
  return /^[A-Z]+(_[A-Z]+)+$/.test(text) ? humanly(text.toLowerCase()) : text;
}

/** A process that claims tasks is named by machine, process and random parts: "vm:7311:b39eca19:d0l2:db9d82c2". */
const PROCESS = /^[\w.-]+:\d+:[0-9a-f]{6,}(:\w+)*$/;

/** Who holds or did a task: "ada", "the mailer", "the engine" for one of its processes. */
export function workerWords(worker: string): string {
  if (PROCESS.test(worker)) return "the engine";
  return worker.includes("_") ? `the ${humanly(worker)}` : worker;
}

/** "workflow:form_cascade" → "the workflow form cascade"; "person:ada" → "ada"; "agent:vm:7311:b39eca19" → "the engine" */
export function actorWords(actor: unknown): string {
  const text = String(actor ?? "");
  const [kind = "", name] = text.split(/:(.*)/s);
  if (name === undefined) return kind === "gateway" ? "a visitor" : humanly(kind);
  if (kind === "person") return name;
  if (kind === "agent") return PROCESS.test(name) ? "the engine" : `the ${humanly(name)}`;
  if (kind === "workflow") return `the workflow ${humanly(name)}`;
  if (kind === "key") return name === "api" ? "a program" : `the program ${name}`;
  if (kind === "cli") return `${name} at the command line`;
  if (kind === "hubspot") return name === "echo" ? "HubSpot, repeating us" : "HubSpot";
  return `${humanly(kind)} ${humanly(name)}`;
}

/** Whether a person did it: in the console, by a program with a key, or on the command line. */
export function isPersons(actor: unknown): boolean {
  return /^(person|key|cli):/.test(String(actor ?? ""));
}

/** The name of a task's contact. */
export function personWords(
  who: { readonly name: string | null; readonly email: string | null } | null | undefined,
  fallback = "Someone without a name",
): string {
  return who?.name ?? who?.email ?? fallback;
}

/** The name in a contact's properties. */
export function contactName({ properties, facts }: Nameable): string {
  const name = [properties.firstname, properties.lastname].filter(Boolean).join(" ");
  const fallback = facts?.erasedAt ? "Someone whose data was erased" : "Someone without a name";
  return name || String(properties.email ?? "") || fallback;
}

/** "Tomasz Lindqvist" → "TL"; of an address its first letter. */
export function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  const letters = name.includes("@") ? words.slice(0, 1) : [words[0], words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

/** The subject of an e-mail; an erased one has none. */
export function mailSubject({ subject }: { readonly subject: string }): string {
  return subject || "To someone whose data was erased";
}
