/**
 * Writes docs/settings.md from the comments of packages/millrace/src/config.ts. `npm run docs`; a test fails when the page is not what
 * this makes of the source.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const PAGE = join(root, "docs", "settings.md");
const PREFIX: Readonly<Record<string, string>> = {
  MailSettings: "mail.",
  EnrichmentSettings: "enrichment.",
  ReplyClassifierSettings: "replies.",
  InboxSettings: "mail.inbox.",
  InboxOAuth: "mail.inbox.oauth.",
  HubspotSettings: "hubspot.",
  EngineSettings: "engine.",
  GatewaySettings: "gateway.",
  PackSettings: "pack.",
  MonitorSettings: "monitor.",
};

const FILES = [
  "packages/millrace/src/config.ts",
  "packages/millrace/src/outreach/mail-settings.ts",
  "packages/millrace/src/agents/data-enricher/enrichment-settings.ts",
  "packages/millrace/src/agents/reply-classifier/reply-settings.ts",
  "packages/millrace/src/crm/hubspot/hubspot-settings.ts",
  "packages/millrace/src/flows/default-pack.ts",
  "packages/millrace/src/monitor/monitor-settings.ts",
];

export function settingsPage(): string {
  const sections = FILES.flatMap((file) => interfacesOf(readFileSync(join(root, file), "utf8")));
  const rows = sections
    .filter(({ name }) => name === "MillraceConfig" || name in PREFIX)
    .flatMap(({ name, fields }) =>
      fields.map(({ field, comment }) => `| \`${PREFIX[name] ?? ""}${field}\` | ${comment.replaceAll("|", "\\|")} |`),
    );
  return [
    "# Settings",
    "",
    "Made from the comments of `packages/millrace/src/config.ts` by `npm run docs`. Set them in `millrace.config.ts`; the environment",
    "variables named here win over it. `millrace config show` prints those in force.",
    "",
    "| setting | what it does |",
    "|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function interfacesOf(source: string) {
  return [...source.matchAll(/export interface (\w+) \{\n([\s\S]*?)\n\}/g)].map(([, name = "", body = ""]) => ({
    name,
    fields: [...body.matchAll(/(?:\/\*\*([\s\S]*?)\*\/\n)? {2}readonly (\w+)\?:/g)].map(
      ([, comment = "", field = ""]) => ({
        field,
        comment: comment.replaceAll(/\n\s*\*\s?/g, " ").trim(),
      }),
    ),
  }));
}

if (import.meta.main) writeFileSync(PAGE, settingsPage());
