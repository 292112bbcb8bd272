/**
 * Writes what the schema of the settings says to docs/settings.md, to docs/settings.schema.json, and into the
 * docstrings of the interfaces a config is typed by. `npm run docs`; a test fails when one of them is not up to date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { configJsonSchema, configSchema } from "../packages/millrace/src/config/config-schema.ts";
import { expectedOf, shown } from "../packages/millrace/src/settings/expected.ts";
import { type SettingNode, settingsIn } from "../packages/millrace/src/settings/walk.ts";

const root = join(import.meta.dirname, "..");

/** The interfaces, each with the path of its settings. */
const INTERFACES: readonly { readonly file: string; readonly name: string; readonly path: string }[] = [
  { file: "packages/millrace/src/config/config.ts", name: "MillraceConfig", path: "" },
  { file: "packages/millrace/src/config/engine-settings.ts", name: "EngineSettings", path: "engine" },
  { file: "packages/millrace/src/config/http-settings.ts", name: "GatewaySettings", path: "gateway" },
  { file: "packages/millrace/src/config/http-settings.ts", name: "InboundMailSettings", path: "gateway.inboundMail" },
  {
    file: "packages/millrace/src/config/http-settings.ts",
    name: "MailgunSettings",
    path: "gateway.inboundMail.mailgun",
  },
  {
    file: "packages/millrace/src/config/http-settings.ts",
    name: "SendGridSettings",
    path: "gateway.inboundMail.sendgrid",
  },
  {
    file: "packages/millrace/src/config/http-settings.ts",
    name: "PostmarkSettings",
    path: "gateway.inboundMail.postmark",
  },
  {
    file: "packages/millrace/src/config/http-settings.ts",
    name: "BasicAuthSettings",
    path: "gateway.inboundMail.postmark.basicAuth",
  },
  { file: "packages/millrace/src/logging/logger.ts", name: "LogSettings", path: "log" },
  { file: "packages/millrace/src/tasks/retry.ts", name: "RetryPolicy", path: "engine.retry" },
  { file: "packages/millrace/src/tasks/business-hours.ts", name: "BusinessHours", path: "businessHours" },
  { file: "packages/millrace/src/tasks/catalogue.ts", name: "TaskKindOptions", path: "tasks.*" },
  { file: "packages/millrace/src/consumers/webhook-out.ts", name: "WebhookSubscriber", path: "subscribers.*" },
  { file: "packages/millrace/src/contacts/score-bands.ts", name: "ScoreBands", path: "pack.bands" },
  { file: "packages/millrace/src/flows/default-pack.ts", name: "PackSettings", path: "pack" },
  { file: "packages/millrace/src/flows/form-policies.ts", name: "FormSettings", path: "pack.forms" },
  { file: "packages/millrace/src/flows/crm-sync.ts", name: "CrmBatch", path: "pack.crmBatch" },
  { file: "packages/millrace/src/email/policy/engagement.ts", name: "EngagementSettings", path: "pack.engagement" },
  { file: "packages/millrace/src/email/sequences.ts", name: "Sequences", path: "pack.sequences" },
  { file: "packages/millrace/src/email/sequences.ts", name: "Sequence", path: "pack.sequences.outreach" },
  { file: "packages/millrace/src/email/sequences.ts", name: "Touch", path: "pack.sequences.outreach.touches.[]" },
  { file: "packages/millrace/src/email/mail-settings.ts", name: "MailSettings", path: "mail" },
  { file: "packages/millrace/src/email/mail-settings.ts", name: "InboxSettings", path: "mail.inbox" },
  { file: "packages/millrace/src/email/mail-settings.ts", name: "InboxOAuth", path: "mail.inbox.oauth" },
  { file: "packages/millrace/src/email/mail-settings.ts", name: "MailTracking", path: "mail.tracking" },
  { file: "packages/millrace/src/email/mail-settings.ts", name: "MailCap", path: "mail.cap" },
  { file: "packages/millrace/src/email/mail-settings.ts", name: "MailWindow", path: "mail.window" },
  {
    file: "packages/millrace/src/agents/data-enricher/enrichment-settings.ts",
    name: "EnrichmentSettings",
    path: "enrichment",
  },
  {
    file: "packages/millrace/src/agents/reply-classifier/reply-settings.ts",
    name: "ReplyClassifierSettings",
    path: "replies",
  },
  { file: "packages/millrace/src/crm/hubspot/client/hubspot-settings.ts", name: "HubspotSettings", path: "hubspot" },
  {
    file: "packages/millrace/src/crm/hubspot/client/hubspot-settings.ts",
    name: "HubspotLimits",
    path: "hubspot.limits",
  },
  { file: "packages/millrace/src/monitor/monitor-settings.ts", name: "MonitorSettings", path: "monitor" },
];

const nodes: readonly SettingNode[] = settingsIn(configSchema);

export function settingsPage(): string {
  const described = nodes.filter(({ notes }) => notes.about !== undefined);
  const rows = described.map(
    (node) =>
      `| ${[`\`${node.path.join(".")}\``, node.notes.about ?? "", takes(node), defaultOf(node), envOf(node)].map(cell).join(" | ")} |`,
  );
  return [
    "# Settings",
    "",
    "Made from the schema (`packages/millrace/src/config/config-schema.ts`) by `npm run docs`; the same as JSON Schema: `settings.schema.json`. Set",
    "them in `millrace.config.ts`; the environment variables named here win over it. `*` stands for a name you choose, `[]`",
    "for each entry of a list. A value that does not fit ends the start, with its path and what is expected. `millrace",
    "config show` prints what is in force, and where each value comes from.",
    "",
    "| setting | what it does | takes | default | variable |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** The same for programs. */
export function settingsSchema(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function takes(node: SettingNode): string {
  return node.isGroup ? (node.canBeFalse ? "false, or the settings below" : "the settings below") : expectedOf(node);
}

function defaultOf({ defaultValue, notes, isOptional, isGroup }: SettingNode): string {
  if (defaultValue !== undefined) return isEmpty(defaultValue) ? "none" : shown(defaultValue);
  if (notes.unset !== undefined) return notes.unset;
  return isOptional && !isGroup ? "none" : isOptional ? "" : "must be given";
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function envOf({ notes }: SettingNode): string {
  return notes.env === undefined ? "" : `\`${notes.env}\``;
}

/** @returns the files with the docstrings the schema gives, by their path below the repository. */
export function documentedFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { file, name, path } of INTERFACES) {
    const source = files.get(file) ?? readFileSync(join(root, file), "utf8");
    files.set(file, documented(source, file, name, path));
  }
  return files;
}

function documented(source: string, file: string, name: string, path: string): string {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const found = tree.statements.find((one) => ts.isInterfaceDeclaration(one) && one.name.text === name);
  if (found === undefined || !ts.isInterfaceDeclaration(found)) throw new Error(`${file} has no interface ${name}.`);
  let text = source;
  for (const member of found.members.toReversed()) {
    const node = nodes.find((one) => one.path.join(".") === [path, member.name?.getText()].filter(Boolean).join("."));
    if (node === undefined) throw new Error(`The schema has no ${path}.${member.name?.getText()}.`);
    text = `${text.slice(0, startOf(member, source))}/** ${docOf(node)} */\n  ${text.slice(member.getStart())}`;
  }
  return text;
}

function startOf(member: ts.TypeElement, source: string): number {
  return ts.getLeadingCommentRanges(source, member.getFullStart())?.[0]?.pos ?? member.getStart();
}

function docOf(node: SettingNode): string {
  const given = defaultOf(node);
  const parts = [
    node.notes.about ?? "",
    node.isGroup ? "" : `${sentence(expectedOf(node))}.`,
    given === "" || given === "must be given" ? "" : `Default: ${given}.`,
    node.notes.env === undefined ? "" : `Environment: ${node.notes.env}.`,
  ];
  return parts.filter(Boolean).join(" ");
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

if (import.meta.main) {
  writeFileSync(join(root, "docs", "settings.md"), settingsPage());
  writeFileSync(join(root, "docs", "settings.schema.json"), settingsSchema());
  for (const [file, text] of documentedFiles()) writeFileSync(join(root, file), text);
}
