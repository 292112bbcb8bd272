/** `millrace init [dir]`: a project that runs as it is: config, an event, a workflow and an agent of its own, a test. */
import { existsSync, statSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isCheckout, PACKAGE_FOLDER } from "../../base/package.ts";
import type { Call } from "../command.ts";
import { CliError } from "../exit-codes.ts";
import { near } from "../text.ts";

const TEMPLATE = fileURLToPath(new URL("../../../templates/init/", import.meta.url));
/** npm leaves files named .gitignore out of a package, so the template's names begin otherwise. */
const DOT = /^dot-/;

export async function run(call: Call<{ readonly force?: boolean }>): Promise<void> {
  const { terminal } = call;
  const folder = resolve(call.words[0] ?? ".");
  await checkEmpty(folder, call.options.force === true);
  const files = await filesOf(folder);
  for (const [name, text] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const names = files.map(([name]) => name);
  const next = [...(folder === process.cwd() ? [] : [`cd ${near(folder)}`]), "npm install", "npm start"];
  if (terminal.isJson) return terminal.document({ folder, files: names, next });
  for (const name of names) terminal.data(join(near(folder), name));
  terminal.say(`Made a project of ${names.length} files. Next:\n${next.map((line) => `  ${line}`).join("\n")}`);
}

async function checkEmpty(folder: string, isForced: boolean): Promise<void> {
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory())
    throw new CliError(
      "usage",
      `${near(folder)} is a file, not a folder.`,
      "name a folder, or one that is still to be made.",
    );
  if (isForced) return;
  const there = (await readdir(folder)).filter((name) => name !== ".git");
  if (there.length === 0) return;
  throw new CliError(
    "usage",
    `${near(folder)} is not empty: it has ${there.slice(0, 3).join(", ")}.`,
    "choose another folder, or add --force to write into this one.",
  );
}

async function filesOf(folder: string): Promise<readonly (readonly [string, string])[]> {
  const values = await placeholders(folder);
  const templates = (await readdir(TEMPLATE, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const files = templates.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const target = join(relative(TEMPLATE, entry.parentPath), entry.name.replace(DOT, ".").replace(/\.template$/, ""));
    const text = await readFile(path, "utf8");
    return [target, text.replace(/\{\{(\w+)\}\}/g, (whole, key: string) => values[key] ?? whole)] as const;
  });
  return (await Promise.all(files)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What stands between double braces in the template. */
async function placeholders(folder: string): Promise<Readonly<Record<string, string>>> {
  const ours = JSON.parse(await readFile(join(PACKAGE_FOLDER, "package.json"), "utf8")) as {
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return {
    name: packageName(folder),
    millrace: isCheckout ? `file:${relative(folder, PACKAGE_FOLDER)}` : `^${ours.version}`,
    zod: ours.dependencies.zod ?? "*",
  };
}

function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" ? "leads" : name;
}
