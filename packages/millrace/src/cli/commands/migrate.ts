/** `millrace migrate [status|up]`. The engine migrates by itself when it starts; this is for those who deploy in steps. */
import { readFile } from "node:fs/promises";
import { didYouMean } from "../../base/errors.ts";
import { grantRuntime } from "../../db/grants.ts";
import { type MigrationStatus, migrate, migrationStatus } from "../../db/migrate.ts";
import type { Call } from "../command.ts";
import { openDatabase } from "../database.ts";
import { CliError } from "../exit-codes.ts";
import { openProject } from "../project.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly runtimeRole?: string;
}

const ACTIONS = ["up", "status"] as const;

export async function run(call: Call<Options>): Promise<void> {
  const { terminal, words, options } = call;
  const action = parseAction(words[0] ?? "up");
  const isReading = action === "status" || options.dryRun === true;
  const open = await openDatabase(await openProject(call, false), { anySchema: true, mayMake: !isReading });
  try {
    const status = await migrationStatus(open.db);
    if (action === "status") return showStatus(call, status);
    if (options.dryRun === true) return await showSql(call, status);
    const applied = await migrate(open.db);
    if (options.runtimeRole !== undefined) await grantRuntime(open.db, options.runtimeRole);
    if (terminal.isJson) return terminal.document({ applied });
    for (const name of applied) terminal.data(name);
    terminal.say(applied.length === 0 ? "The schema was up to date." : "Applied. The schema is up to date.");
  } finally {
    await open.close();
  }
}

function showStatus({ terminal }: Call, status: MigrationStatus): void {
  if (terminal.isJson) {
    terminal.document(status);
    return;
  }
  for (const name of status.applied) terminal.data(`applied  ${name}`);
  for (const name of status.pending) terminal.data(`pending  ${name}`);
  for (const name of status.unknown) terminal.data(`unknown  ${name}`);
  terminal.say(standOf(status));
}

function standOf({ pending, unknown }: MigrationStatus): string {
  if (unknown.length > 0) return "The database was migrated by a newer version. Next: run that version.";
  return pending.length > 0 ? "Next: millrace migrate up" : "The schema is up to date.";
}

async function showSql({ terminal }: Call, { pending }: MigrationStatus): Promise<void> {
  const files = await Promise.all(
    pending.map(async (name) => ({
      name,
      sql: await readFile(new URL(`../../../migrations/${name}.sql`, import.meta.url), "utf8"),
    })),
  );
  if (terminal.isJson) return terminal.document({ pending: files });
  for (const { name, sql } of files) terminal.data(`-- ${name}\n${sql.trimEnd()}`);
  terminal.say(
    files.length === 0
      ? "The schema is up to date; there is nothing to run."
      : "Nothing was changed. Next: millrace migrate up",
  );
}

function parseAction(text: string): (typeof ACTIONS)[number] {
  const action = ACTIONS.find((known) => known === text);
  if (action !== undefined) return action;
  throw new CliError(
    "usage",
    `"${text}" is neither up nor status.${didYouMean(text, ACTIONS)}`,
    "write `millrace migrate status` or `millrace migrate up`.",
  );
}
