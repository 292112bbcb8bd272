/**
 * Imports a file a user wrote and turns what can go wrong (a syntax error, a misspelt import, a throw) into an error
 * that names the place and the next step. Node puts the place of a syntax error at the top of its stack only.
 */
import { readdirSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { didYouMean, type ErrorCode, MillraceError, messageOf } from "../base/errors.ts";

export interface ImportOptions {
  readonly code: ErrorCode & ("invalid_config" | "invalid_workflow");
  /** What the file should hold, e.g. "`export default defineConfig({ … })`". */
  readonly wanted: string;
  /** Makes the address another one, so that Node reads the file again. */
  readonly version?: string;
}

/** @throws MillraceError with the code given, beginning with "file:line:column". */
export async function importDefault(file: string, { code, wanted, version }: ImportOptions): Promise<unknown> {
  const url = `${pathToFileURL(file).href}${version === undefined ? "" : `?v=${version}`}`;
  let module: Record<string, unknown>;
  try {
    module = (await import(url)) as Record<string, unknown>;
  } catch (error) {
    throw await asMillraceError(error, file, code);
  }
  if (module.default !== undefined) return module.default;
  const named = Object.keys(module);
  throw new MillraceError(code, {
    saw: `${shownPath(file)}:1:1  The file has no default export${named.length === 0 ? "" : `; it exports ${named.join(", ")} by name`}.`,
    expected: wanted,
    next: "add the default export, or move the file to a folder below if it only helps others.",
    field: shownPath(file),
  });
}

/** As a person in the current folder would write it. */
export function shownPath(file: string): string {
  const near = relative(process.cwd(), file);
  return near === "" || near.startsWith("..") ? file : near;
}

async function asMillraceError(error: unknown, file: string, code: ImportOptions["code"]): Promise<MillraceError> {
  const at = locationOf(error, file);
  if (error instanceof MillraceError)
    return new MillraceError(code, { ...error.parts, saw: `${at}  ${error.parts.saw}`, cause: error });
  const { saw, next } = (await explained(error)) ?? { saw: messageOf(error), next: "correct that line." };
  const kind = error instanceof Error && error.name !== "Error" ? `${error.name}: ` : "";
  return new MillraceError(code, { saw: `${at}  ${kind}${closed(saw)}`, next, field: shownPath(file), cause: error });
}

/** "file:line:column", as exactly as the error tells; the file alone when it tells nothing. */
function locationOf(error: unknown, file: string): string {
  const lines = (error instanceof Error ? error.stack : undefined)?.split("\n") ?? [];
  const top = /^(.+?)(?:\?[^:]*)?:(\d+)$/.exec(lines[0] ?? "");
  const caret = lines.slice(1, 4).find((line) => /^\s*\^+\s*$/.test(line));
  if (top?.[1] !== undefined && caret !== undefined)
    return `${shownPath(pathOf(top[1]))}:${top[2]}:${caret.indexOf("^") + 1}`;
  const folder = pathToFileURL(dirname(file)).href;
  const frame = lines.find((line) => line.includes(folder) && !line.includes("/node_modules/"));
  const found = /(file:\/\/[^()\s?]+)(?:\?[^:]*)?:(\d+):(\d+)\)?$/.exec(frame ?? "");
  return found?.[1] === undefined ? shownPath(file) : `${shownPath(pathOf(found[1]))}:${found[2]}:${found[3]}`;
}

function pathOf(address: string): string {
  return address.startsWith("file:") ? fileURLToPath(address) : address;
}

interface Explanation {
  readonly saw: string;
  readonly next: string;
}

/** The mistakes people make most, in words that say what to write instead. */
async function explained(error: unknown): Promise<Explanation | undefined> {
  const message = messageOf(error);
  const missing = /requested module '([^']+)' does not provide an export named '([^']+)'/.exec(message);
  if (missing !== null) {
    const [, from = "", name = ""] = missing;
    const known = from === "millrace" ? await namesOfMillrace() : [];
    return { saw: `"${from}" exports no "${name}".${didYouMean(name, known)}`, next: "correct the import." };
  }
  const undefinedName = /^(\S+) is not defined$/.exec(message)?.[1];
  if (undefinedName !== undefined) {
    const near = didYouMean(undefinedName, await namesOfMillrace());
    return {
      saw: `${undefinedName} is not defined.${near}`,
      next: 'correct the name, or import it, e.g. from "millrace".',
    };
  }
  const noPackage = /^Cannot find package '([^']+)'/.exec(message)?.[1];
  if (noPackage !== undefined)
    return { saw: `The package "${noPackage}" is not installed.`, next: `run "npm install ${noPackage}".` };
  const noFile = /^Cannot find module '([^']+)'/.exec(message)?.[1];
  if (noFile !== undefined) {
    const near = didYouMean(basename(noFile), filesIn(dirname(noFile)));
    return {
      saw: `There is no file ${shownPath(noFile)}.${near}`,
      next: "correct the import; the ending .ts belongs to it.",
    };
  }
  if (/is not supported in strip-only mode/.test(message)) {
    return {
      saw: message,
      next: "write it in TypeScript that only adds types: a union or an object in place of an enum.",
    };
  }
  return undefined;
}

async function namesOfMillrace(): Promise<readonly string[]> {
  return Object.keys(await import("../index.ts"));
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function closed(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}
