/**
 * The types of a project's workflows, checked before they run: Node runs TypeScript without looking at them, so a property
 * that there is not would be `undefined` with every event. By the project's own compiler, where it has one, beside the
 * engine. What was found right is remembered in the data folder, so that an unchanged project starts without a check.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setPriority } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MillraceError, messageOf } from "../base/errors.ts";
import type { Finding } from "../workflows/lint.ts";
import { shownPath } from "./import-file.ts";
import type { TypeCheckResult, TypeCheckTask } from "./type-check-process.ts";
import { workflowFiles } from "./workflow-files.ts";

const TIMEOUT_MS = 180_000;
const MAX_OUTPUT = 16_000_000;
/** The engine has the machine first, by three to one: at 10 it is nine to one, and on a busy machine who saves a workflow waited for minutes. */
const LOW_PRIORITY = 5;

export interface TypeCheckOptions {
  readonly folder: string;
  readonly workflowsFolder: string;
  /** The config file, which brings the types of the project's own events. */
  readonly configFile: string | undefined;
  /** Where it is remembered what was found right. Left out: it is checked each time. */
  readonly dataFolder?: string;
  /** Leaves the processor to others, e.g. an engine beside it. Default false. */
  readonly isInBackground?: boolean;
}

export interface TypeCheck {
  readonly findings: readonly Finding[];
  /** Why nothing can be said of the types, e.g. no compiler in the project; undefined when they were checked. */
  readonly notChecked: string | undefined;
}

/** Never rejects: a check that fails says so in `notChecked`. */
export async function checkWorkflowTypes(options: TypeCheckOptions): Promise<TypeCheck> {
  const workflows = await workflowFiles(options.workflowsFolder);
  if (workflows.length === 0) return { findings: [], notChecked: undefined };
  const compiler = compilerOf(options.folder);
  if (compiler === undefined)
    return { findings: [], notChecked: "the project has no typescript; `npm install --save-dev typescript` brings it" };
  const files = [...workflows, ...(options.configFile === undefined ? [] : [options.configFile])];
  const memory = new Memory(options.dataFolder, compiler);
  if (memory.knows(files)) return { findings: [], notChecked: undefined };
  try {
    const result = await run(
      { compiler, folder: options.folder, workflowsFolder: options.workflowsFolder, files },
      options,
    );
    if (result.failure !== undefined) return { findings: [], notChecked: result.failure };
    if (result.problems.length === 0) memory.keep([...files, ...result.files]);
    return { findings: result.problems.map(findingOf), notChecked: undefined };
  } catch (error) {
    return { findings: [], notChecked: messageOf(error) };
  }
}

/** @throws MillraceError invalid_workflow for findings. */
export function refuseTypeErrors({ findings }: TypeCheck): void {
  if (findings.length === 0) return;
  const lines = findings.map(({ at, code, message }) => `${at}  ${code}  ${message}`);
  throw new MillraceError("invalid_workflow", {
    saw: `${findings.length === 1 ? "A workflow has a type error" : `Workflows have ${findings.length} type errors`}:\n  ${lines.join("\n  ")}\n`,
    next: "correct the lines named above; what runs keeps running.",
    field: "workflows",
  });
}

function findingOf({ at, message }: TypeCheckResult["problems"][number]): Finding {
  return { at, level: "error", code: "type_error", message, workflow: shownPath(at.replace(/:\d+:\d+$/, "")) };
}

function compilerOf(folder: string): string | undefined {
  try {
    return createRequire(join(folder, "package.json")).resolve("typescript");
  } catch {
    return undefined;
  }
}

function run(task: TypeCheckTask, { isInBackground = false }: TypeCheckOptions): Promise<TypeCheckResult> {
  const program = fileURLToPath(import.meta.resolve("#type-check-process"));
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [...process.execArgv, program, JSON.stringify(task)],
      { timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT, cwd: task.folder },
      (error, stdout) => {
        if (error === null) resolve(JSON.parse(stdout) as TypeCheckResult);
        else
          reject(new Error(error.killed ? `it took longer than ${TIMEOUT_MS / 1_000} s` : error.message.slice(0, 500)));
      },
    );
    try {
      if (isInBackground && child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY);
    } catch {
      // It has ended already, or the system does not allow it.
    }
  });
}

/** What was found right last: each file that was read, by its content. */
class Memory {
  readonly #file: string | undefined;
  readonly #compiler: string;

  constructor(dataFolder: string | undefined, compiler: string) {
    this.#file = dataFolder === undefined ? undefined : join(dataFolder, "type-check.json");
    this.#compiler = `${compiler} ${readText(join(dirname(compiler), "..", "package.json"))?.match(/"version": "([^"]+)"/)?.[1]}`;
  }

  knows(files: readonly string[]): boolean {
    try {
      const kept = JSON.parse(readFileSync(this.#file ?? "", "utf8")) as Kept;
      const isSame = Object.entries(kept.files).every(([file, hash]) => hashOf(file) === hash);
      return kept.compiler === this.#compiler && isSame && files.every((file) => file in kept.files);
    } catch {
      return false;
    }
  }

  keep(files: readonly string[]): void {
    if (this.#file === undefined) return;
    const kept: Kept = {
      compiler: this.#compiler,
      files: Object.fromEntries(files.map((file) => [file, hashOf(file)])),
    };
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(kept));
  }
}

interface Kept {
  readonly compiler: string;
  readonly files: Readonly<Record<string, string>>;
}

function hashOf(file: string): string {
  return createHash("sha256")
    .update(readText(file) ?? "")
    .digest("hex")
    .slice(0, 16);
}

function readText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
