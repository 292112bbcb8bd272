/**
 * Writes docs/reference/operations.md, events.md, task-kinds.md and views.md and docs/decisions/index.md from the code. `npm run docs`; a test
 * fails when a page is not what it would write.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { EventDefinition } from "../packages/millrace/src/events/define-event.ts";
import { missionEvents } from "../packages/millrace/src/events/mission-events.ts";
import { operatorEvents } from "../packages/millrace/src/events/operator-events.ts";
import { missionTaskKinds, type TaskKindOptions } from "../packages/millrace/src/tasks/catalogue.ts";
import { operationLines } from "./operations-doc.ts";
import { views } from "./views.ts";

const DOCS = join(import.meta.dirname, "..", "docs");

/** Path below docs → what belongs there. */
export async function referencePages(): Promise<Readonly<Record<string, string>>> {
  return {
    "reference/operations.md": page("Operations", await operationLines()),
    "reference/events.md": eventsPage(),
    "reference/task-kinds.md": taskKindsPage(),
    "reference/views.md": viewsPage(),
    "decisions/index.md": decisionsPage(),
  };
}

function eventsPage(): string {
  const all = Object.entries({ ...missionEvents, ...operatorEvents } as Readonly<Record<string, EventDefinition>>).sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  return page("Events", [
    "Every type the log knows, from `src/events/mission-events.ts` and `operator-events.ts`. `millrace events schema TYPE` prints the JSON Schema of one, your own included.",
    "",
    ...all.flatMap(([type, definition]) => eventSection(type, definition)),
  ]);
}

function eventSection(type: string, { about, schema, flow, isInternal, example }: EventDefinition): string[] {
  const origin = [
    flow === undefined ? undefined : `Flow ${flow} of the mission.`,
    isInternal ? "Stated by the engine alone; the public doors refuse it." : undefined,
  ].filter((one) => one !== undefined);
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as {
    readonly properties?: Readonly<
      Record<string, { readonly type?: string | readonly string[]; readonly description?: string }>
    >;
    readonly required?: readonly string[];
  };
  const rows = Object.entries(properties).map(
    ([name, { type: kind, description }]) =>
      `| \`${name}\` | ${[kind ?? "any"].flat().join(" or ")}${required.includes(name) ? "" : ", optional"} | ${cell(description ?? "")} |`,
  );
  return [
    `## ${type}`,
    "",
    [about, ...origin].join(" "),
    "",
    ...(rows.length === 0 ? [] : ["| data | type | |", "|---|---|---|", ...rows, ""]),
    ...(example === undefined ? [] : ["```json", JSON.stringify(example), "```", ""]),
  ];
}

function taskKindsPage(): string {
  const kinds = Object.entries(missionTaskKinds as Readonly<Record<string, TaskKindOptions>>);
  return page("Task kinds", [
    "What there is to do, from `src/tasks/catalogue.ts`. A workflow may override priority and due time; `tasks` in the config adds kinds or replaces one.",
    "",
    "| kind | what | priority | due in | done by | states |",
    "|---|---|---|---|---|---|",
    ...kinds.map(
      ([kind, { about, priority, dueIn, doneBy, emits = [] }]) =>
        `| \`${kind}\` | ${cell(about)} | ${priority} | ${dueIn} | ${doneBy.replace("person:", "a person: ")} | ${emits.map((type) => `\`${type}\``).join(", ")} |`,
    ),
    "",
    "A due time of a person's task runs in business hours only. Unless a kind says otherwise an attempt may take 30 minutes, and there are three retries.",
  ]);
}

function viewsPage(): string {
  return page("Views of the database", [
    "For reports of your own: these may be read by SQL and stay as they are within a minor version. Everything else in the schema may change. Reading holds nothing up; writing is refused where it would change history.",
    "",
    ...views.flatMap(({ name, about, columns }) => [
      `## ${name}`,
      "",
      about,
      "",
      "| column | type | |",
      "|---|---|---|",
      ...columns.map(([column, type, what]) => `| \`${column}\` | ${type} | ${cell(what)} |`),
      "",
    ]),
  ]);
}

function decisionsPage(): string {
  const files = readdirSync(join(DOCS, "decisions"))
    .filter((file) => /^\d{4}-.*\.md$/.test(file))
    .sort();
  return page("Decisions", [
    "What was decided, why, and the option not taken.",
    "",
    ...files.map((file) => `- [${titleOf(readFileSync(join(DOCS, "decisions", file), "utf8"))}](${file})`),
  ]);
}

function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? "untitled";
}

function page(title: string, lines: readonly string[]): string {
  return `# ${title}\n\n${lines.join("\n").trimEnd()}\n`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(await referencePages())) writeFileSync(join(DOCS, path), text);
}
