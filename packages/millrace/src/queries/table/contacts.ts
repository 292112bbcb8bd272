/** Contacts, and what was erased or set aside of them. */
import { OPERATORS } from "../../access/roles.ts";
import { type OptionWords, words } from "../../operations/operation.ts";
import { limit, one, read } from "./options.ts";

const contactOptions: Readonly<Record<string, OptionWords>> = {
  band: { flags: "--band <band>", about: "hot, qualified, nurture or low" },
  lifecycle: { flags: "--lifecycle <stage>", about: "only of this lifecycle stage, e.g. customer" },
  owner: { flags: "--owner <number>", about: "only of this owner, by HubSpot's number" },
  source: { flags: "--source <name>", about: "only those that came from there" },
  since: { flags: "--since <time>", about: "known since e.g. 30m, 2h, 7d or 2026-03-02", as: "moment" },
  until: { flags: "--until <time>", about: "known before e.g. 30m, 2h, 7d ago, or 2026-03-02", as: "moment" },
  sort: { flags: "--sort <order>", about: "created (default), activity or score", as: "word" },
  limit,
};

export const contactQueries = {
  contacts: words({
    ...read,
    summary:
      "Contacts: the newest, the latest active or the hottest first, narrowed by band, lifecycle, owner and source; `q` looks in all that a row shows.",
    tag: "contacts",
    example: { q: "ada", band: "hot", sort: "score", limit: 20 },
    answers: "Contacts, each with its path, and how many there are.",
    tool: { page: { list: "contacts", field: "after", by: "cursor" } },
    http: { method: "GET", path: "/api/contacts" },
    cli: [
      {
        command: "contacts list",
        about: "Contacts with score and what is open for each; the newest first, or as --sort says.",
        options: contactOptions,
        examples: ["contacts list", "contacts list --band hot --sort score", "contacts list --since 7d --json"],
      },
      {
        command: "contacts search",
        about: "Contacts of which a row shows these words, or words that begin so.",
        args: ["q"],
        options: contactOptions,
        examples: ["contacts search acme", 'contacts search "vp of sales" --band hot'],
      },
    ],
    load: async () => (await import("../contacts.ts")).contacts,
  }),
  contact: words({
    ...one,
    summary:
      "A contact with its latest 200 events (newest first), its tasks, e-mails and the decisions made on those events.",
    tag: "contacts",
    example: { contact: "ada@example.com" },
    answers: "The contact.",
    tool: { about: "Older events: `events` with this contact and `before`." },
    http: { method: "GET", path: "/api/contacts/:contact" },
    cli: [
      {
        command: "contacts show",
        about: "What is known of a contact: properties, score, and the path it took.",
        args: ["contact"],
        examples: ["contacts show ada@example.com", "contacts show ada@example.com --json"],
      },
    ],
    load: async () => (await import("../contact.ts")).contact,
  }),
  explainContact: words({
    ...one,
    summary: "Why a contact has its score: in points and in words.",
    tag: "why",
    example: { contact: "ada@example.com" },
    answers: "The score, the points of each reason, and what changed it.",
    tool: {},
    http: { method: "GET", path: "/api/contacts/:contact/explanation" },
    cli: [
      {
        command: "contacts explain",
        args: ["contact"],
        examples: ["contacts explain ada@example.com", "contacts explain ada@example.com --json"],
      },
    ],
    load: async () => (await import("../explain-contact.ts")).explainContact,
  }),
  contactErasure: words({
    ...one,
    roles: OPERATORS,
    summary: "What there is to erase of a contact; nothing is done.",
    tag: "contacts",
    example: { contact: "ada@example.com" },
    answers: "How many rows would be erased, by table.",
    http: { method: "GET", path: "/api/contacts/:contact/erasure" },
    load: async () => (await import("../contact-erasure.ts")).contactErasure,
  }),
  erasures: words({
    ...read,
    roles: OPERATORS,
    summary: "Who was erased, by our ids and keyed hashes: the list to keep beside your backups.",
    tag: "contacts",
    example: {},
    answers: "Erasures, oldest first.",
    http: { method: "GET", path: "/api/erasures" },
    cli: [{ command: "contacts erased", examples: ["contacts erased --json > erased.jsonl"] }],
    load: async () => (await import("../erasures.ts")).erasures,
  }),
  crmSetAside: words({
    ...read,
    roles: OPERATORS,
    summary: "What HubSpot sent and could not be read, each with its error.",
    tag: "contacts",
    example: { limit: 20 },
    answers: "What was set aside, newest first.",
    http: { method: "GET", path: "/api/crm/set-aside" },
    cli: [
      {
        command: "hubspot set-aside",
        options: { limit: { flags: "--limit <number>", about: "how many (default 50)" } },
        examples: ["hubspot set-aside", "hubspot set-aside --json"],
      },
    ],
    load: async () => (await import("../crm-set-aside.ts")).crmSetAside,
  }),
} as const;
