/** What came back of a call: JSON, or a failure that says what may be done about it. Called by client.ts. */
import { MillraceError, messageOf } from "../../../base/errors.ts";
import { retryAfterMs } from "../../../web/retry-after.ts";

export type Answer =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  | { readonly ok: false; readonly failure: HubspotFailure };

/**
 * limited: not carried out, the caller should be patient. unavailable: gone wrong on the way, it may have been carried
 * out. refused: HubSpot will not do this. unauthorised: the token may not do this. open: not sent, this endpoint rests.
 */
export interface HubspotFailure {
  readonly kind: "limited" | "unavailable" | "refused" | "unauthorised" | "open";
  /** 0 when there was no answer. */
  readonly status: number;
  /** One bounded line, without secrets. */
  readonly message: string;
  readonly category?: string;
  readonly subCategory?: string;
  /** Of `limited`: which limit, e.g. DAILY. */
  readonly policy?: string;
  /** How long the other side, or our own pace, asks to wait. */
  readonly retryAfterMs?: number;
  /** What HubSpot said in full, for who must look closer. */
  readonly body?: unknown;
}

/** Longer answers are not read: nothing asked for here comes near. */
const LARGEST_ANSWER_BYTES = 20 * 1_024 * 1_024;
const MAX_MESSAGE_LENGTH = 500;

export async function readAnswer(response: Response, secrets: readonly string[]): Promise<Answer> {
  const text = await readText(response);
  const body = parsed(text);
  if (response.ok) {
    if (body === NO_JSON) return failed("unavailable", response.status, "HubSpot's answer is not JSON.");
    // HubSpot's form of an error, whatever status stands above it.
    if (isError(body)) return { ok: false, failure: { ...failureOf(response, body, secrets), kind: "unavailable" } };
    return { ok: true, status: response.status, body };
  }
  const failure = failureOf(response, body === NO_JSON ? undefined : body, secrets);
  // Whoever has such a page at this address, it is not HubSpot saying that a record is not there.
  if (response.status === 404 && body === NO_JSON) return { ok: false, failure: { ...failure, kind: "unavailable" } };
  return { ok: false, failure };
}

/** Does HubSpot say that what was asked about is not there? */
export function isNotThere({ kind, status }: HubspotFailure): boolean {
  return kind === "refused" && status === 404;
}

function isError(body: unknown): boolean {
  return typeof body === "object" && body !== null && (body as { status?: unknown }).status === "error";
}

/** A call without an answer: the line was cut, or nothing came in time. */
export function noAnswer(error: unknown, secrets: readonly string[]): Answer {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return failed("unavailable", 0, hidden(`HubSpot gave no answer: ${messageOf(error)}${cause}`, secrets));
}

export function failed(
  kind: HubspotFailure["kind"],
  status: number,
  message: string,
  more: Partial<HubspotFailure> = {},
): Answer {
  return { ok: false, failure: { kind, status, message, ...more } };
}

/** For those who cannot go on without it: the body, or an error that names the next step. */
export function bodyOf(answer: Answer): unknown {
  if (answer.ok) return answer.body;
  const { failure } = answer;
  throw new MillraceError("hubspot_failed", {
    saw: `HubSpot answered ${failure.status === 0 ? "nothing" : failure.status}: ${failure.message}`,
    next:
      failure.kind === "unauthorised"
        ? "check HUBSPOT_ACCESS_TOKEN and its scopes (`millrace hubspot check`)."
        : failure.kind === "refused"
          ? "correct what HubSpot names, then try again."
          : "try again in a moment.",
  });
}

function failureOf(response: Response, body: unknown, secrets: readonly string[]): HubspotFailure {
  const said = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string) => (typeof said[name] === "string" ? (said[name] as string) : undefined);
  const { status } = response;
  return {
    kind: kindOf(status),
    status,
    message: hidden(text("message") ?? `status ${status}`, secrets),
    ...(text("category") === undefined ? {} : { category: text("category") }),
    ...(text("subCategory") === undefined ? {} : { subCategory: text("subCategory") }),
    ...(text("policyName") === undefined ? {} : { policy: text("policyName") }),
    ...(retryAfter(response) === undefined ? {} : { retryAfterMs: retryAfter(response) }),
    body,
  };
}

/** 423: a record is locked; 477: the account moves house. Source: hubspot, error handling. */
function kindOf(status: number): HubspotFailure["kind"] {
  if (status === 429 || status === 423 || status === 477) return "limited";
  if (status === 401 || status === 403) return "unauthorised";
  return status >= 500 || status === 408 ? "unavailable" : "refused";
}

/** HubSpot documents it for 477 only. */
function retryAfter(response: Response): number | undefined {
  const ms = retryAfterMs(response.headers.get("retry-after"));
  return ms !== undefined && ms >= 0 ? ms : undefined;
}

export async function readText(response: Response): Promise<string> {
  if (Number(response.headers.get("content-length") ?? 0) > LARGEST_ANSWER_BYTES)
    throw new Error("the answer is too long");
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > LARGEST_ANSWER_BYTES) throw new Error("the answer is too long");
  }
  return text + decoder.decode();
}

const NO_JSON = Symbol("no JSON");

function parsed(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NO_JSON;
  }
}

function hidden(text: string, secrets: readonly string[]): string {
  const shown = secrets.reduce((so, secret) => (secret === "" ? so : so.replaceAll(secret, "…")), text);
  return shown.slice(0, MAX_MESSAGE_LENGTH);
}
