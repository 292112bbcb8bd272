/**
 * The engine that runs on this project's data folder, asked over its HTTP API. For commands whose answer depends on the files
 * and settings it was started with: a command that has only read them anew would speak of an engine that is still to come.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { operations } from "../actions/operations.ts";
import { type ErrorParts, MillraceError } from "../base/errors.ts";
import type { Actor } from "../events/actor.ts";
import { API_KEY_FILE } from "../http/api-key.ts";
import { findGateway } from "./address.ts";
import { CliError, isErrorCode } from "./exit-codes.ts";
import type { Ask } from "./with-operations.ts";

/** A test of a connection takes ten seconds at most. */
const TIMEOUT_MS = 20_000;

export interface RunningEngine {
  readonly url: string;
  /** @throws what the engine answered with; CliError not_running when it is no more. */
  readonly ask: Ask;
}

/** @returns undefined when none runs here, or one that keeps its key elsewhere. */
export async function findRunningEngine(dataFolder: string, by: Actor): Promise<RunningEngine | undefined> {
  const gateway = await findGateway(dataFolder);
  if (gateway === undefined) return undefined;
  const key = await readFile(join(dataFolder, API_KEY_FILE), "utf8").catch(() => undefined);
  if (key === undefined) return undefined;
  const { url } = gateway;
  const ask: (name: keyof typeof operations, input: object) => Promise<unknown> = (name, input) =>
    answerOf(url, requestOf(url, key.trim(), operations[name].http, input, by));
  // The table ties each name to its input and answer; here they are any of them.
  return { url, ask: ask as unknown as Ask };
}

interface HttpWords {
  readonly method: "GET" | "POST";
  readonly path: string;
}

/** Fields named in the path stand there; the others in the query or the body. */
function requestOf(url: string, key: string, { method, path }: HttpWords, input: object, by: Actor): Request {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const filled = path.replace(/:(\w+)/g, (_, field: string) => {
    const value = rest.get(field);
    rest.delete(field);
    return encodeURIComponent(String(value));
  });
  const address = new URL(filled, url);
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json", connection: "close" };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  if (method === "POST") {
    const body = JSON.stringify({ ...Object.fromEntries(rest), person: by.name });
    return new Request(address, { method, headers, body, signal });
  }
  for (const [field, value] of rest) address.searchParams.set(field, String(value));
  return new Request(address, { method, headers, signal });
}

async function answerOf(url: string, request: Request): Promise<unknown> {
  const response = await fetch(request).catch((error: unknown) => {
    throw new CliError("not_running", `The engine at ${url} does not answer (${String(error)}).`, "run it again.");
  });
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const { code = "", ...parts } = body as Partial<ErrorParts> & { readonly code?: string };
  const { saw = `It answered ${response.status}.`, next = "look into its log." } = parts;
  if (isErrorCode(code)) throw new MillraceError(code, { ...parts, saw, next });
  throw new CliError("not_running", `The engine at ${url} answers, but not to this: ${saw}`, next);
}
