/**
 * Finds and imports `millrace.config.ts`, lays the environment and `.env` over it, and adds the workflows of the folder
 * `workflows/` beside it. Called by every command of the command line; a program that embeds the engine passes its config itself.
 */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { checkDataFolder } from "../base/data-folder.ts";
import { MillraceError } from "../base/errors.ts";
import type { MillraceConfig } from "../config/config.ts";
import { type ConfigInForce, checkedConfig } from "../config/config-schema.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { unreadVariables, withEnvironment } from "./environment.ts";
import { importDefault, shownPath } from "./import-file.ts";
import { ImportsNoted } from "./start-files.ts";
import { importWorkflows } from "./workflow-files.ts";

export const CONFIG_FILE = "millrace.config.ts";

export interface LoadedConfig {
  /** With the environment on top, the data folder as a full path, and every workflow in `workflows`. */
  readonly config: MillraceConfig & { readonly dataFolder: string; readonly workflows: readonly Workflow[] };
  /** The folder all paths are relative to: the config file's, or the current one when there is none. */
  readonly folder: string;
  /** undefined: there is none, so every setting has its default. */
  readonly file: string | undefined;
  readonly workflowsFolder: string;
  /** The workflows the config names itself; those of the folder are loaded again when they change. */
  readonly configured: readonly Workflow[];
  /** What the file itself says, without the environment; {} when there is none. */
  readonly written: MillraceConfig;
  /** Environment variables that gave a setting, by its path. */
  readonly variables: ReadonlyMap<string, string>;
  /** Every setting with its value in force. */
  readonly inForce: ConfigInForce;
  /** What is probably a mistake, for a person: variables that are not read. */
  readonly warnings: readonly string[];
  /** Files of the project that were imported and are not read again while an engine runs, as full paths. */
  readonly readOnce: readonly string[];
}

export interface LoadOptions {
  /** The config file. Default: millrace.config.ts in the current folder, if there is one. */
  readonly file?: string;
  /** Default: the process's. */
  readonly cwd?: string;
  /** Default: the process's, with `.env` beside the config read into it. */
  readonly env?: NodeJS.ProcessEnv;
  /** False leaves the folder `workflows/` alone, for commands that only need the database. Default true. */
  readonly withWorkflows?: boolean;
}

/**
 * The config of a project, checked as far as it can be without a database.
 * @throws MillraceError invalid_config or invalid_workflow, naming file and line.
 */
export async function loadConfig(options: LoadOptions = {}): Promise<LoadedConfig> {
  const cwd = options.cwd ?? process.cwd();
  const file = findConfig(cwd, options.file);
  const folder = file === undefined ? cwd : dirname(file);
  const env = options.env ?? readDotEnv(folder);
  const workflowsFolder = join(folder, "workflows");
  const imports = new ImportsNoted(folder, workflowsFolder);
  let readOnce: readonly string[] = [];
  const [written, fromFolder] = await importProject(file, workflowsFolder, options).finally(() => {
    readOnce = imports.end();
  });
  // A config may also name a workflow of the folder; it counts once.
  const named = Array.isArray(written.workflows) ? written.workflows : [];
  const configured = named.filter((workflow) => !fromFolder.includes(workflow));
  const { config, variables } = withEnvironment(written, env);
  const inForce = checkedConfig(config, { source: file === undefined ? "Settings" : shownPath(file), variables });
  const dataFolder = resolve(folder, inForce.dataFolder);
  checkDataFolder(dataFolder);
  return {
    config: {
      ...config,
      dataFolder,
      workflows: [...configured, ...fromFolder],
    },
    folder,
    file,
    workflowsFolder,
    configured,
    written,
    variables,
    inForce,
    warnings: unreadVariables(env),
    readOnce,
  };
}

async function importProject(file: string | undefined, workflowsFolder: string, { withWorkflows }: LoadOptions) {
  const written = file === undefined ? {} : await importConfig(file);
  return [written, withWorkflows === false ? [] : await importWorkflows(workflowsFolder)] as const;
}

function findConfig(cwd: string, named: string | undefined): string | undefined {
  if (named === undefined) {
    const usual = join(cwd, CONFIG_FILE);
    return existsSync(usual) ? usual : undefined;
  }
  const file = resolve(cwd, named);
  if (existsSync(file)) return file;
  throw new MillraceError("invalid_config", {
    saw: `There is no file ${file}.`,
    next: "name the config file of your project, or leave --config out to use millrace.config.ts of the current folder.",
    field: "--config",
  });
}

async function importConfig(file: string): Promise<MillraceConfig> {
  const value = await importDefault(file, { code: "invalid_config", wanted: "`export default defineConfig({ … })`" });
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as MillraceConfig;
  }
  throw new MillraceError("invalid_config", {
    saw: `${shownPath(file)}: the default export is ${Array.isArray(value) ? "an array" : typeof value}, not settings.`,
    expected: "`export default defineConfig({ … })`",
    next: "correct the default export.",
  });
}

/** What the environment says wins over the file, as everywhere. */
function readDotEnv(folder: string): NodeJS.ProcessEnv {
  const file = join(folder, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}
