/** docs/reference/operations.md: every action and question with its fields, at each of its doors. A change of one shows in it under review. Written by reference-doc.ts. */
import { z } from "zod";
import { actions } from "../packages/millrace/src/actions/table.ts";
import type { OperationTable, OperationWords } from "../packages/millrace/src/operations/operation.ts";
import { queries } from "../packages/millrace/src/queries/table.ts";

/** The lines below the page's title. */
export async function operationLines(): Promise<string[]> {
  return [
    "One table makes HTTP routes, commands, `engine.actions`, `engine.queries` and `/openapi.json`. Fields mean the same at each of them;",
    "`person` in the body of an action says on whose behalf a program with the API key asks.",
    "",
    "## Actions",
    "",
    ...(await sections(actions, "actions")),
    "## Questions",
    "",
    ...(await sections(queries, "queries")),
  ];
}

async function sections(table: OperationTable, member: string): Promise<string[]> {
  const all = await Promise.all(Object.entries(table).map(([name, words]) => section(name, words, member)));
  return all.flat();
}

async function section(name: string, words: OperationWords, member: string): Promise<string[]> {
  const { input } = await words.load();
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as {
    readonly properties?: Readonly<Record<string, Field>>;
    readonly required?: readonly string[];
  };
  const commands = [...new Set((words.cli ?? []).map(({ command }) => `\`millrace ${command}\``))];
  const doors = [`\`engine.${member}.${name}\``, `\`${words.http.method} ${words.http.path}\``, ...commands].join(
    " · ",
  );
  const rows = Object.entries(properties).map(
    ([field, schema]) =>
      `| \`${field}\` | ${typeOf(schema)}${required.includes(field) ? "" : ", optional"} | ${cell(aboutOf(schema))} |`,
  );
  const errors = words.errors ?? [];
  return [
    `### ${name}`,
    "",
    cell(words.summary),
    "",
    `${doors}${words.effect === "destructive" ? " · destructive" : ""}`,
    "",
    ...(rows.length === 0 ? [] : ["| field | type | |", "|---|---|---|", ...rows, ""]),
    `Answers: ${words.answers}${errors.length === 0 ? "" : ` Errors: ${errors.map((code) => `\`${code}\``).join(", ")}.`}`,
    "",
  ];
}

interface Field {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
}

function typeOf({ type, enum: values }: Field): string {
  return values === undefined ? (type ?? "any JSON") : values.map((value) => `\`${value}\``).join(", ");
}

function aboutOf({ description = "", default: preset }: Field): string {
  return [description, preset === undefined ? "" : `Default \`${JSON.stringify(preset)}\`.`].filter(Boolean).join(" ");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
