/**
 * Checks the types of a project's workflows, in a process of its own: the compiler takes seconds and some hundred
 * megabytes. Started by type-check.ts; argument: the task as JSON. Prints the result as JSON.
 *
 * The compiler is the project's. Only what the workflows' own files say is told: what else a project does with its types is
 * its own affair.
 */
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type ts from "typescript";

export interface TypeCheckTask {
  /** The file of the project's `typescript`. */
  readonly compiler: string;
  readonly folder: string;
  readonly workflowsFolder: string;
  /** The workflows, and the config, which brings the types of the project's own events. */
  readonly files: readonly string[];
}

export interface TypeProblem {
  /** "file:line:column" */
  readonly at: string;
  readonly message: string;
}

export interface TypeCheckResult {
  readonly problems: readonly TypeProblem[];
  /** The project's own files that were read. */
  readonly files: readonly string[];
  /** Why the types could not be checked; then `problems` is empty. */
  readonly failure: string | undefined;
}

const compiler = createRequire(import.meta.url);

if (process.argv[2] !== undefined)
  console.log(JSON.stringify(checkTypes(JSON.parse(process.argv[2]) as TypeCheckTask)));

export function checkTypes(task: TypeCheckTask): TypeCheckResult {
  const typescript = compiler(task.compiler) as typeof ts;
  const program = typescript.createProgram(task.files, optionsOf(typescript, task.folder));
  const own = program.getSourceFiles().filter(({ fileName }) => !/[\\/]node_modules[\\/]/.test(fileName));
  const workflows = own.filter(({ fileName }) => join(fileName).startsWith(task.workflowsFolder + sep));
  const diagnostics = workflows.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  const unresolved = diagnostics.find(
    ({ code, messageText }) => code === 2307 && /'millrace'/.test(String(messageText)),
  );
  const files = own.map(({ fileName }) => fileName).filter((name) => name.startsWith(task.folder));
  if (unresolved !== undefined)
    return { problems: [], files, failure: "the compiler does not find the types of millrace from here" };
  return { problems: diagnostics.flatMap((one) => problemOf(typescript, one)), files, failure: undefined };
}

function problemOf(typescript: typeof ts, { file, start, code, messageText }: ts.Diagnostic): TypeProblem[] {
  if (file === undefined || start === undefined) return [];
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const message = typescript.flattenDiagnosticMessageText(messageText, " ").slice(0, 1_000);
  return [{ at: `${file.fileName}:${line + 1}:${character + 1}`, message: `TS${code}: ${message}` }];
}

/** The project's, or the strict ones a new project has. */
function optionsOf(typescript: typeof ts, folder: string): ts.CompilerOptions {
  const file = typescript.findConfigFile(folder, typescript.sys.fileExists);
  const own =
    file === undefined || dirname(file) !== folder
      ? {}
      : typescript.parseJsonConfigFileContent(
          typescript.readConfigFile(file, typescript.sys.readFile).config ?? {},
          typescript.sys,
          folder,
        ).options;
  return {
    strict: true,
    target: typescript.ScriptTarget.ES2024,
    module: typescript.ModuleKind.NodeNext,
    ...own,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    composite: false,
    incremental: false,
  };
}
