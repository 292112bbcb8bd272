/** The one way to the engine. Errors come as the problem it answered with: what was seen, and what to do next. */
import type { paths } from "./schema.ts";

/** Why something could not be done. `status` 0: the engine could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly next: string;

  constructor(problem: { status: number; saw: string; next?: string; code?: string }) {
    super(problem.saw);
    this.status = problem.status;
    this.code = problem.code ?? "";
    this.next = problem.next ?? "try it again.";
  }
}

type Method = "get" | "post";
/** The addresses that can be asked this way. */
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type Parameters<O> = O extends { parameters: { path?: infer Path; query?: infer Query } }
  ? { path: Path; query: Query }
  : never;
type Body<O> = O extends { requestBody?: { content: { "application/json": infer B } } } ? B : Record<string, never>;
type Answer<O> = O extends { responses: { 200: { content: { "application/json": infer A } } } } ? A : undefined;

/** What an address is asked with. Parts that it does not have may be left out. */
export interface Asked<O> {
  readonly path?: NonNullable<Parameters<O>["path"]>;
  readonly query?: NonNullable<Parameters<O>["query"]>;
  readonly signal?: AbortSignal;
  /** How long an answer may take, in milliseconds. */
  readonly patienceMs?: number;
}

const TIMEOUT_MS = 15_000;

/** @throws ApiError when the engine refuses or cannot be reached. */
export async function get<P extends PathOf<"get">>(
  path: P,
  asked: Asked<Operation<P, "get">> = {},
): Promise<Answer<Operation<P, "get">>> {
  return (await send("GET", address(path, asked), asked)) as Answer<Operation<P, "get">>;
}

/** @throws ApiError when the engine refuses or cannot be reached. */
export async function post<P extends PathOf<"post">>(
  path: P,
  asked: Asked<Operation<P, "post">> & { readonly body?: Body<Operation<P, "post">> } = {},
): Promise<Answer<Operation<P, "post">>> {
  return (await send("POST", address(path, asked), asked, asked.body ?? {})) as Answer<Operation<P, "post">>;
}

/** The address with its names put in: "/api/tasks/{id}" → "/api/tasks/7". */
export function address(template: string, { path, query }: { path?: unknown; query?: unknown }): string {
  const values = (path ?? {}) as Record<string, unknown>;
  const place = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])));
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== "" && value !== false) parts.set(name, String(value));
  }
  return parts.size === 0 ? place : `${place}?${parts}`;
}

async function send(
  method: string,
  url: string,
  { signal, patienceMs = TIMEOUT_MS }: { signal?: AbortSignal; patienceMs?: number },
  body?: unknown,
): Promise<unknown> {
  const ends = AbortSignal.timeout(patienceMs);
  const response = await reach(url, {
    method,
    headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal === undefined ? ends : AbortSignal.any([signal, ends]),
  });
  const answer = await response.json().catch(() => undefined);
  if (response.ok) return answer;
  throw new ApiError(answer ?? { status: response.status, saw: `The engine answered ${response.status}.` });
}

async function reach(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, options);
  } catch (error) {
    // The page went on before the answer came: that is no fault of the engine's.
    if (options.signal?.aborted && (error as Error).name === "AbortError") throw error;
    throw new ApiError({
      status: 0,
      saw: "The engine cannot be reached.",
      next: "see whether it runs, and try again. What you typed is kept.",
    });
  }
}
