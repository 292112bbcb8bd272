/** The workflows of a folder: every `*.ts` directly in it exports one, or an array, by default. Folders below are for helpers. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MillraceError } from "../base/errors.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { importDefault, shownPath } from "./import-file.ts";

const WANTED = '`export default workflow("name", …)`, or an array of workflows';

/**
 * @param version makes Node read the files again (see watch-workflows.ts). Left out: each file as it was first read.
 * @throws MillraceError invalid_workflow, naming file and line of the first file that does not load.
 */
export async function importWorkflows(folder: string, version?: string): Promise<readonly Workflow[]> {
  const workflows: Workflow[] = [];
  for (const file of await workflowFiles(folder)) {
    const value = await importDefault(file, { code: "invalid_workflow", wanted: WANTED, version });
    for (const candidate of Array.isArray(value) ? value : [value]) workflows.push(checked(candidate, file));
  }
  return workflows;
}

/** Full paths, by name; [] when there is no such folder. */
export async function workflowFiles(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(
      (entry) => !entry.isDirectory() && /\.[mc]?ts$/.test(entry.name) && !/\.(test|d)\.[mc]?ts$/.test(entry.name),
    )
    .map((entry) => join(folder, entry.name))
    .sort();
}

/** One hash over every file of the folder and below, helpers included: the version under which they are imported. */
export async function hashFolder(folder: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of await allFiles(folder))
    hash
      .update(file)
      .update("\0")
      .update(await readFile(file))
      .update("\0");
  return hash.digest("hex").slice(0, 16);
}

/** Every file below the folder that may be imported. */
export async function allFiles(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter(
      (entry) =>
        entry.isFile() && /\.([mc]?[jt]s|json)$/.test(entry.name) && !entry.parentPath.includes("node_modules"),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function checked(value: unknown, file: string): Workflow {
  if (isWorkflow(value)) return value;
  throw new MillraceError("invalid_workflow", {
    saw: `${shownPath(file)}:1:1  The default export is ${kindOf(value)}, not a workflow.`,
    expected: WANTED,
    next: "make it with workflow() of millrace.",
    field: shownPath(file),
  });
}

function isWorkflow(value: unknown): value is Workflow {
  if (typeof value !== "object" || value === null) return false;
  const { name, version, triggers } = value as Partial<Workflow>;
  return typeof name === "string" && typeof version === "string" && Array.isArray(triggers);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "function" ? "a function" : `of type ${typeof value}`;
}
