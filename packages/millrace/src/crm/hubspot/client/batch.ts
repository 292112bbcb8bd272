/**
 * Records written a hundred at a time, and what became of each. HubSpot answers 207 when some inputs failed: those
 * alone are tried again or given up. A whole batch it refuses is halved until the bad record stands alone.
 * Called for contacts, tasks, e-mails and notes alike.
 */
import { CALL_MS, type Lease } from "../../lease.ts";
import type { HubspotFailure } from "./answer.ts";
import type { HubspotApi } from "./client.ts";
import { hasId, unreadIn } from "./listing.ts";
import type { ObjectType } from "./paths.ts";
import type { Urgency } from "./rate-pace.ts";

export interface BatchInput {
  /** Ours: by it the result is found again. */
  readonly key: string;
  readonly id: string;
  /** The unique property `id` is a value of. Left out: HubSpot's own id. */
  readonly idProperty?: string;
  readonly properties: Readonly<Record<string, string>>;
}

export type ItemResult =
  | {
      readonly ok: true;
      readonly id: string;
      readonly isNew: boolean;
      /** Properties HubSpot refused, without which it took the record. */
      readonly leftOut?: readonly string[];
    }
  | {
      readonly ok: false;
      readonly failure: HubspotFailure /** 409: who has the address already. */;
      readonly existingId?: string;
    };

export interface Writing {
  readonly api: HubspotApi;
  readonly lease: Lease;
  readonly urgency: Urgency;
}

export const MAX_INPUTS = 100;
/** HubSpot may name the bad values of a record one at a time. */
const MAX_TURNS = 5;

/** Every input once; both ways are the same when they are carried out twice. */
export async function writeBatch(
  writing: Writing,
  type: ObjectType,
  what: "update" | "upsert",
  inputs: readonly BatchInput[],
): Promise<Map<string, ItemResult>> {
  const all = await writeParts(writing, type, what, inputs);
  const names = new Map(inputs.map(({ key, properties }) => [key, Object.keys(properties)]));
  for (let left = inputs, turn = 0; turn < MAX_TURNS; turn++) {
    left = left.flatMap((input) => withoutRefused(input, all.get(input.key)) ?? []);
    if (left.length === 0) break;
    const results = await writeParts(writing, type, what, left);
    for (const { key, properties } of left) {
      const result = results.get(key);
      const leftOut = (names.get(key) ?? []).filter((name) => !(name in properties));
      if (result !== undefined) all.set(key, result.ok ? { ...result, leftOut } : result);
    }
  }
  return all;
}

async function writeParts(
  writing: Writing,
  type: ObjectType,
  what: "update" | "upsert",
  inputs: readonly BatchInput[],
): Promise<Map<string, ItemResult>> {
  const parts = hundreds(inputs);
  const results = await Promise.all(parts.map((part) => writePart(writing, type, what, part)));
  const all = new Map(results.flatMap((result) => [...result]));
  const again = inputs.filter(({ key }) => isWorthAnotherTry(all.get(key)));
  if (again.length === 0 || again.length === inputs.length) return all;
  for (const [key, result] of await writePart(writing, type, what, again.slice(0, MAX_INPUTS))) all.set(key, result);
  return all;
}

/** One record of a batch stumbled; the next call usually takes it. */
function isWorthAnotherTry(result: ItemResult | undefined): boolean {
  return result !== undefined && !result.ok && result.failure.kind === "unavailable" && result.failure.status === 207;
}

async function writePart(
  writing: Writing,
  type: ObjectType,
  what: "update" | "upsert",
  inputs: readonly BatchInput[],
): Promise<Map<string, ItemResult>> {
  const { api, lease, urgency } = writing;
  if (!lease.holdsFor(CALL_MS))
    return allFailed(inputs, { kind: "limited", status: 0, message: "Another process writes now." });
  const answer = await api.request({
    method: "POST",
    path: api.paths.batch(type, what),
    body: { inputs: inputs.map(({ key, ...input }) => ({ ...input, objectWriteTraceId: key })) },
    urgency,
    kind: "other",
    isRepeatable: true,
  });
  const body = answer.ok ? batchBody(answer.body, answer.status) : answer.failure;
  if (!("kind" in body)) return resultsOf(body, inputs);
  const failure = body;
  if (failure.kind !== "refused" || inputs.length === 1) return allFailed(inputs, failure);
  const half = Math.ceil(inputs.length / 2);
  const first = await writePart(writing, type, what, inputs.slice(0, half));
  const second = await writePart(writing, type, what, inputs.slice(half));
  return new Map([...first, ...second]);
}

/** One bad value must not keep the others from HubSpot: the record once more, without the properties it named; undefined: it named none. */
function withoutRefused(input: BatchInput, result: ItemResult | undefined): BatchInput | undefined {
  if (result === undefined || result.ok || result.failure.kind !== "refused") return undefined;
  const said = JSON.stringify([result.failure.message, result.failure.body ?? ""]);
  const named = new Set([...said.matchAll(PROPERTY_NAME)].map(([, name = ""]) => name));
  const properties = Object.entries(input.properties).filter(([name]) => !named.has(name) || name === input.idProperty);
  if (properties.length === Object.keys(input.properties).length) return undefined;
  return { ...input, properties: Object.fromEntries(properties) };
}

/** In HubSpot's refusals: {"name":"numemployees","error":"INVALID_OPTION"}, in JSON within JSON, or a context's propertyName. */
const PROPERTY_NAME = /\\*"(?:name|propertyName)\\*":\s*\[?\\*"([a-z][a-z0-9_]*)\\*"/g;

interface BatchBody {
  readonly results: readonly BatchRecord[];
  readonly errors?: readonly BatchError[];
  /** How many inputs failed; may be more than `errors` says. */
  readonly numErrors?: number;
}

/** What a batch was answered with, when that is the end of a batch: success that names no result is none, and is asked again. */
function batchBody(body: unknown, status: number): BatchBody | HubspotFailure {
  const said = (typeof body === "object" && body !== null ? body : {}) as Partial<BatchBody> & { status?: unknown };
  const fault = !Array.isArray(said.results)
    ? "names no results"
    : said.status !== undefined && said.status !== "COMPLETE"
      ? `is not the end of it: ${String(said.status).slice(0, 50)}`
      : undefined;
  // A result without an id names no record: what it belongs to is not done.
  if (fault === undefined) return { ...said, results: (said.results ?? []).filter(isRecord) };
  return { kind: "unavailable", status, message: `HubSpot's answer to a batch ${fault}.` };
}

/**
 * Why a batch of which only the whole matters (pairs to join) is not done; undefined: it is.
 * @param inputs how many were asked for.
 */
export function batchFailure(body: unknown, status: number, inputs: number): HubspotFailure | undefined {
  const said = (typeof body === "object" && body !== null ? body : {}) as Partial<BatchBody> & { status?: unknown };
  if (!Array.isArray(said.results)) return notDone(status, "names no results");
  if (said.status !== undefined && said.status !== "COMPLETE")
    return notDone(status, `is not the end of it: ${String(said.status).slice(0, 50)}`);
  const [error] = said.errors ?? [];
  if (error !== undefined) return itemFailure(error);
  return (said.numErrors ?? 0) > 0 || (said.results.length === 0 && inputs > 0)
    ? notDone(status, "says nothing of what was asked for")
    : undefined;
}

function notDone(status: number, fault: string): HubspotFailure {
  return { kind: "unavailable", status, message: `HubSpot's answer to a batch ${fault}.` };
}

function isRecord(result: unknown): result is BatchRecord {
  return typeof result === "object" && result !== null && typeof (result as { id?: unknown }).id === "string";
}

interface BatchRecord {
  readonly id: string;
  readonly new?: boolean;
  readonly properties?: Readonly<Record<string, string | null>>;
  readonly objectWriteTraceId?: string;
}
interface BatchError {
  readonly category?: string;
  readonly message?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** Which result belongs to which input. HubSpot promises no order, so ids and unique values tell. Exported for its test. */
export function resultsOf(body: BatchBody, inputs: readonly BatchInput[]): Map<string, ItemResult> {
  const failures = new Map<string, HubspotFailure>();
  for (const error of body.errors ?? []) {
    const failure = itemFailure(error);
    const named = [...(error.context?.objectWriteTraceId ?? []), ...(error.context?.ids ?? [])];
    for (const input of inputs)
      if (named.includes(input.key) || named.includes(input.id)) failures.set(input.key, failure);
  }
  const records = new Map<string, BatchRecord>();
  for (const record of body.results ?? []) {
    records.set(`id:${record.id}`, record);
    if (record.objectWriteTraceId !== undefined) records.set(`key:${record.objectWriteTraceId}`, record);
    for (const [name, value] of Object.entries(record.properties ?? {})) {
      if (value !== null) records.set(`${name}:${value.toLowerCase()}`, record);
    }
  }
  const isMoved = movedRecords(body, inputs, failures, records);
  return new Map(inputs.map((input) => [input.key, resultOf(input, failures.get(input.key), records, isMoved)]));
}

/**
 * Whether updates without a result of their own may be taken for done. A record that was merged away is written under its new
 * id: then there is a result that belongs to no input, and no error that names none. Otherwise nothing says they were done.
 */
function movedRecords(
  body: BatchBody,
  inputs: readonly BatchInput[],
  failures: ReadonlyMap<string, HubspotFailure>,
  records: ReadonlyMap<string, BatchRecord>,
): boolean {
  const found = new Set(inputs.flatMap((input) => recordOf(input, records) ?? []));
  const spare = body.results.filter((record) => !found.has(record)).length;
  const without = inputs.filter(
    (input) => input.idProperty === undefined && !failures.has(input.key) && recordOf(input, records) === undefined,
  ).length;
  const errors = Math.max(body.errors?.length ?? 0, body.numErrors ?? 0);
  return spare >= without && errors <= failures.size;
}

function recordOf(input: BatchInput, records: ReadonlyMap<string, BatchRecord>): BatchRecord | undefined {
  return records.get(`key:${input.key}`) ?? records.get(`${input.idProperty ?? "id"}:${input.id.toLowerCase()}`);
}

function resultOf(
  input: BatchInput,
  failure: HubspotFailure | undefined,
  records: ReadonlyMap<string, BatchRecord>,
  isMoved: boolean,
): ItemResult {
  if (failure !== undefined) {
    const existingId = /existing id:\s*(\d+)/i.exec(failure.message)?.[1];
    return { ok: false, failure, ...(existingId === undefined ? {} : { existingId }) };
  }
  const record = recordOf(input, records);
  if (record !== undefined) return { ok: true, id: record.id, isNew: record.new === true };
  if (input.idProperty === undefined && isMoved) return { ok: true, id: input.id, isNew: false };
  return {
    ok: false,
    failure: {
      kind: "unavailable",
      status: 207,
      message: `HubSpot's answer says nothing of ${input.idProperty ?? "id"} ${input.id}.`,
    },
  };
}

/** What cannot become right by itself is refused; all else may be tried again. */
const FINAL = new Set(["VALIDATION_ERROR", "OBJECT_NOT_FOUND", "CONFLICT", "OBJECT_ALREADY_EXISTS", "MISSING_SCOPES"]);

function itemFailure({ category, message }: BatchError): HubspotFailure {
  return {
    kind: FINAL.has(category ?? "") ? "refused" : "unavailable",
    status: 207,
    message: (message ?? "HubSpot gave no reason.").slice(0, 500),
    ...(category === undefined ? {} : { category }),
  };
}

function allFailed(inputs: readonly BatchInput[], failure: HubspotFailure): Map<string, ItemResult> {
  const existingId = /existing id:\s*(\d+)/i.exec(failure.message)?.[1];
  return new Map(
    inputs.map(({ key }) => [key, { ok: false, failure, ...(existingId === undefined ? {} : { existingId }) }]),
  );
}

export interface FoundRecord {
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
}

/**
 * Records by id or by the values of a unique property; those HubSpot does not have are missing from the answer.
 * @returns the failure when it could not be asked.
 */
export async function readBatch(
  { api, urgency }: Pick<Writing, "api" | "urgency">,
  type: ObjectType,
  ids: readonly string[],
  options: { readonly idProperty?: string; readonly properties: readonly string[] },
): Promise<readonly FoundRecord[] | HubspotFailure> {
  const answers = await Promise.all(
    hundreds(ids).map((part) =>
      api.request({
        method: "POST",
        path: api.paths.batch(type, "read"),
        body: { ...options, inputs: part.map((id) => ({ id })) },
        urgency,
        kind: "other",
        isRepeatable: true,
        lists: "results",
      }),
    ),
  );
  const found: FoundRecord[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer.failure;
    const unread = unreadIn(answer.body);
    if (unread !== undefined) return unread;
    const { results } = answer.body as { results: readonly FoundRecord[] };
    if (!results.every(hasId)) return notDone(answer.status, "names a record without an id");
    found.push(...results.map((record) => ({ ...record, id: String(record.id) })));
  }
  return found;
}

function hundreds<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / MAX_INPUTS) }, (_, i) =>
    items.slice(i * MAX_INPUTS, (i + 1) * MAX_INPUTS),
  );
}
