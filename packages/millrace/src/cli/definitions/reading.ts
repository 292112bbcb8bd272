/** Commands about the log and about contacts that are no operation: they stream, ask before they erase, or work on files. */
import type { CommandDefinition, OptionDefinition } from "../command.ts";
import { parseDateOrder, parseLimit, parseSince } from "../parse.ts";

export const limitOption: OptionDefinition = {
  flags: "--limit <number>",
  about: "how many at most",
  parse: parseLimit,
  default: 20,
};
export const sinceOption: OptionDefinition = {
  flags: "--since <time>",
  about: "not older than e.g. 30m, 2h, 7d or 2026-03-02",
  // Commander hands the former value as a second word, which is not ours.
  parse: (text) => parseSince(text),
};
export const contactOption: OptionDefinition = {
  flags: "--contact <who>",
  about: "only of this contact: e-mail address or id",
};

export const readingCommands: readonly CommandDefinition[] = [
  {
    name: "webhooks try",
    words: "<file>",
    about:
      "What a webhook of another system becomes, by gateway.webhooks; nothing is sent or recorded. Exit 4 when it is kept as it came.",
    examples: [
      "webhooks try charge.json --source stripe",
      "webhooks try order.json --preset shopify --type orders/paid",
    ],
    options: [
      { flags: "--source <name>", about: "the system, as gateway.webhooks names it" },
      { flags: "--preset <name>", about: "stripe, shopify, calendly or typeform, without a config" },
      { flags: "--type <type>", about: "the sender's type, where the body does not name it" },
    ],
    load: () => import("../commands/webhooks-try.ts"),
  },
  {
    name: "events tail",
    about: "The newest events; with --follow, also those to come.",
    examples: [
      "events tail",
      "events tail --follow --type lead_score_updated",
      "events tail --contact ada@example.com --json",
    ],
    options: [
      { flags: "-f, --follow", about: "go on until Ctrl-C" },
      { flags: "--type <type>", about: "only events of this type" },
      contactOption,
      limitOption,
      sinceOption,
    ],
    load: () => import("../commands/events-tail.ts"),
  },
  {
    name: "events send",
    words: "<type> [data]",
    about: "Put an event into the log. Its data is JSON, as a word or on stdin.",
    examples: [
      `events send form_submitted '{"form":"demo","fields":{"email":"ada@example.com"}}'`,
      "events send customer_purchased --contact ada@example.com < purchase.json",
    ],
    options: [
      { flags: "--contact <email>", about: "who it is about, where the data does not say" },
      { flags: "--id <id>", about: "sent again under the same id, it is not taken twice" },
      { flags: "--source <source>", about: "where it comes from", default: "cli" },
    ],
    load: () => import("../commands/events-send.ts"),
  },
  {
    name: "events schema",
    words: "[type]",
    about: "The types of events, or the JSON Schema and an example of one.",
    examples: ["events schema", "events schema form_submitted"],
    load: () => import("../commands/events-schema.ts"),
  },
  {
    name: "contacts rebuild",
    about: "Fold every contact again from the log and compare; where they differ, the log is right.",
    examples: ["contacts rebuild", "contacts rebuild --expect-same"],
    options: [
      { flags: "--expect-same", about: "change nothing; exit 5 when there is a difference" },
      { flags: "--as <person>", about: "who does it (default: your user name)" },
    ],
    load: () => import("../commands/contacts-rebuild.ts"),
  },
  {
    name: "contacts import",
    words: "<file>",
    about:
      "Take contacts from a CSV file, as HubSpot, Salesforce and spreadsheets export it, behind whatever is alive.",
    examples: [
      "contacts import leads.csv --dry-run",
      'contacts import leads.csv --map "Firma=company" "Score=lead_score"',
      "contacts import leads.csv --dates dmy --report refused.csv",
    ],
    options: [
      { flags: "--dry-run", about: "show what each column becomes and the first rows, and take nothing" },
      { flags: "--map <column=property...>", about: "what a column becomes; without a property it is left aside" },
      { flags: "--dates <order>", about: "dmy or mdy, for dates that may be read both ways", parse: parseDateOrder },
      { flags: "--delimiter <sign>", about: "what parts the columns (default: found)" },
      { flags: "--encoding <name>", about: 'like "windows-1252" (default: found)' },
      { flags: "--overwrite", about: "take the file's value also where a person, the CRM or a form said another one" },
      { flags: "--report <file>", about: "write each row and value that is not taken, with the reason, as CSV" },
      { flags: "--as <person>", about: "who does it (default: your user name)" },
    ],
    load: () => import("../commands/contacts-import.ts"),
  },
  {
    name: "contacts erase",
    words: "[who]",
    about: "Erase everything known of a person, for good; the log keeps that something happened, not of whom.",
    examples: [
      "contacts erase ada@example.com --dry-run",
      "contacts erase ada@example.com",
      "contacts erase --from erased.jsonl --yes",
    ],
    options: [
      { flags: "--dry-run", about: "say how many rows in which tables, and change nothing" },
      { flags: "--yes", about: "do not ask" },
      { flags: "--from <file>", about: "apply a list of `contacts erased --json`, after a backup was restored" },
      { flags: "--as <person>", about: "who does it (default: your user name)" },
    ],
    load: () => import("../commands/contacts-erase.ts"),
  },
];
