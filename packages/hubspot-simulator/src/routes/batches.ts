/**
 * Up to a hundred records in one call. Without a trace id on each input a single bad one refuses the whole batch and
 * nothing is written; with them, the good ones go through and 207 names the others.
 */
import { z } from "zod";
import { isoOf, type Table } from "../account/account.ts";
import type { CheckedWrite, Claims } from "../account/records.ts";
import { applyCreate, applyUpdate, archiveRecord, checkCreate, checkUpdate, findRecord } from "../account/records.ts";
import { viewAfterWrite, viewOf } from "../account/views.ts";
import { ApiError, invalid } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import { type Answer, type Call, neededTable, nothing, parsed, type Route } from "../http/route.ts";
import { idSchema, newAssociationsSchema, propertiesSchema } from "./bodies.ts";
import { type CheckedAssociations, checkedAssociations, linkNew, READ, WRITE } from "./objects.ts";

const MAX_INPUTS = 100;

const traced = { objectWriteTraceId: z.string().nullish() };
const createInput = z.object({ properties: propertiesSchema, associations: newAssociationsSchema, ...traced });
const updateInput = z.object({
  id: idSchema,
  idProperty: z.string().nullish(),
  properties: propertiesSchema,
  ...traced,
});
const inputsOf = <T extends z.ZodType>(input: T) => z.object({ inputs: z.array(input).min(1) });
const readSchema = z.object({
  inputs: z.array(z.object({ id: idSchema })).min(1),
  idProperty: z.string().nullish(),
  properties: z.array(z.string()).nullish(),
  propertiesWithHistory: z.array(z.string()).nullish(),
});
const archiveSchema = inputsOf(z.object({ id: idSchema }));

type Failure = {
  status: "error";
  category: string;
  message: string;
  context: Record<string, string[]>;
  [more: string]: unknown;
};

function checkSize(inputs: readonly unknown[], table: Table): void {
  if (inputs.length <= MAX_INPUTS) return;
  throw invalid(
    `The maximum number of inputs supported in a batch request for ${table.type.plural} is ${MAX_INPUTS}; got ${inputs.length}`,
  );
}

function notFoundFailure(table: Table, ids: string[], traceIds: string[] = []): Failure {
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    message: `Could not get some ${table.type.singular.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`,
    context: { ids, ...(traceIds.length > 0 ? { objectWriteTraceId: traceIds } : {}) },
  };
}

function failureOf(error: unknown, traceId: string): Failure {
  if (!(error instanceof ApiError)) throw error;
  const { category = "VALIDATION_ERROR", message, errors = [], subCategory } = error.body;
  return {
    status: "error",
    category,
    ...(subCategory === undefined ? {} : { subCategory }),
    message,
    context: { objectWriteTraceId: [traceId] },
    links: {},
    errors,
  };
}

/** Trace ids, when every input has one of its own; only then may a part of the batch fail. */
function traceIdsOf(inputs: readonly { objectWriteTraceId?: string | null | undefined }[]): string[] | undefined {
  const ids = inputs.flatMap(({ objectWriteTraceId: id }) => (id ? [id] : []));
  return ids.length === inputs.length && new Set(ids).size === ids.length ? ids : undefined;
}

function batchAnswer(call: Call, startedAt: number, status: number, results: unknown[], failures: Failure[]): Answer {
  const body = {
    status: "COMPLETE",
    results,
    ...(failures.length > 0 ? { numErrors: failures.length, errors: failures } : {}),
    startedAt: isoOf(startedAt),
    completedAt: isoOf(call.account.now()),
  };
  return { status: failures.length > 0 ? 207 : status, body };
}

const struckItem = (): ApiError =>
  new ApiError(500, { message: "This item could not be processed. Try again.", category: "INTERNAL_ERROR" });

/** Checks every input before one is written. `check` throws for a bad one. */
function checkAll<I extends { objectWriteTraceId?: string | null | undefined }, C>(
  call: Call,
  inputs: readonly I[],
  check: (input: I, claims: Claims) => C,
): { checked: C[]; failures: Failure[] } {
  const traceIds = traceIdsOf(inputs);
  const claims: Claims = new Set();
  const failures: Failure[] = [];
  const checked: C[] = [];
  inputs.forEach((input, index) => {
    try {
      if (call.strikesItem()) throw struckItem();
      checked.push(check(input, claims));
    } catch (error) {
      if (traceIds === undefined && !(error instanceof ApiError && error.status === 500)) throw error;
      failures.push(failureOf(error, traceIds?.[index] ?? String(index)));
    }
  });
  return { checked, failures };
}

function checkDifferent(ids: readonly string[]): void {
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (repeated.length === 0) return;
  throw invalid(`Duplicate IDs found in batch input: [${[...new Set(repeated)].join(", ")}]. IDs must be unique`);
}

function batchCreate(call: Call): Answer {
  const { account, params, body, source } = call;
  const startedAt = account.now();
  const table = neededTable(account, params.type);
  const { inputs } = parsed(inputsOf(createInput), body);
  checkSize(inputs, table);
  type Checked = { write: CheckedWrite; links: CheckedAssociations; names: string[] };
  const { checked, failures } = checkAll(
    call,
    inputs,
    ({ properties, associations }, claims): Checked => ({
      links: checkedAssociations(account, table, associations),
      write: checkCreate(account, table, properties, claims),
      names: [...properties.keys()],
    }),
  );
  const results = checked.map(({ write, links, names }) => {
    const record = applyCreate(account, table, write, source);
    linkNew(account, table, record, links, source);
    return viewAfterWrite(account, table, record, names);
  });
  return batchAnswer(call, startedAt, 201, results, failures);
}

function batchUpdate(call: Call): Answer {
  const { account, params, body, source } = call;
  const startedAt = account.now();
  const table = neededTable(account, params.type);
  const { inputs } = parsed(inputsOf(updateInput), body);
  checkSize(inputs, table);
  checkDifferent(inputs.map(({ id }) => id));
  const there = inputs.filter(({ id, idProperty }) => findRecord(table, id, idProperty ?? undefined) !== undefined);
  const missing = inputs.filter((input) => !there.includes(input));
  const { checked, failures } = checkAll(call, there, ({ id, idProperty, properties }, claims) => {
    const record = findRecord(table, id, idProperty ?? undefined);
    if (record === undefined) throw invalid(`Object ${id} is gone`);
    return { write: checkUpdate(account, table, record, properties, claims), names: [...properties.keys()] };
  });
  if (missing.length > 0) {
    const traceIds = missing.flatMap(({ objectWriteTraceId: id }) => (id ? [id] : []));
    failures.push(
      notFoundFailure(
        table,
        missing.map(({ id }) => id),
        traceIds,
      ),
    );
  }
  const results = checked.map(({ write, names }) =>
    viewAfterWrite(account, table, applyUpdate(account, table, write, source), names),
  );
  return batchAnswer(call, startedAt, 200, results, failures);
}

/** The record's own key goes in as a property too, so that a new record has it. */
function batchUpsert(call: Call): Answer {
  const { account, params, body, source } = call;
  const startedAt = account.now();
  const table = neededTable(account, params.type);
  const { inputs } = parsed(inputsOf(updateInput), body);
  checkSize(inputs, table);
  checkDifferent(inputs.map(({ id }) => id.toLowerCase()));
  const { checked, failures } = checkAll(call, inputs, ({ id, idProperty, properties }, claims) => {
    const record = findRecord(table, id, idProperty ?? undefined);
    const names = [...properties.keys()];
    if (record !== undefined) {
      return { write: checkUpdate(account, table, record, properties, claims), isNew: false, names };
    }
    if (!idProperty || idProperty === "hs_object_id") {
      throw invalid(`Unable to perform update/upsert by non-unique ${table.type.typeId} property`);
    }
    const all = new Map(properties);
    if (!all.has(idProperty)) all.set(idProperty, id);
    return { write: checkCreate(account, table, all, claims), isNew: true, names: [...all.keys()] };
  });
  const results = checked.map(({ write, isNew, names }) => {
    const apply = isNew ? applyCreate : applyUpdate;
    return { ...viewAfterWrite(account, table, apply(account, table, write, source), names), new: isNew };
  });
  return batchAnswer(call, startedAt, 200, results, failures);
}

function batchRead(call: Call): Answer {
  const { account, params, query, body } = call;
  const startedAt = account.now();
  const table = neededTable(account, params.type);
  const { inputs, idProperty, properties, propertiesWithHistory } = parsed(readSchema, body);
  checkSize(inputs, table);
  const view = {
    properties: properties?.length ? properties : undefined,
    propertiesWithHistory: propertiesWithHistory ?? undefined,
  };
  const isArchived = query.get("archived") === "true";
  const records = new Map<string, unknown>();
  const missing: string[] = [];
  for (const { id } of inputs) {
    const record = isArchived ? table.archived.get(id) : findRecord(table, id, idProperty ?? undefined);
    if (record === undefined || call.strikesItem()) missing.push(id);
    else records.set(record.id, viewOf(account, table, record, view));
  }
  const failures = missing.length === 0 ? [] : [notFoundFailure(table, missing)];
  return batchAnswer(call, startedAt, 200, [...records.values()], failures);
}

function batchArchive({ account, params, body, source }: Call): Answer {
  const table = neededTable(account, params.type);
  const { inputs } = parsed(archiveSchema, body);
  checkSize(inputs, table);
  for (const { id } of inputs) {
    const record = table.records.get(id);
    if (record !== undefined) archiveRecord(account, table, record, source);
  }
  return nothing();
}

export function batchRoutes({ objects }: Family): Route[] {
  const at = (what: string): string => `${objects}/:type/batch/${what}`;
  return [
    { method: "POST", path: at("create"), handle: batchCreate, scopes: WRITE },
    { method: "POST", path: at("read"), handle: batchRead, scopes: READ },
    { method: "POST", path: at("update"), handle: batchUpdate, scopes: WRITE },
    { method: "POST", path: at("upsert"), handle: batchUpsert, scopes: WRITE },
    { method: "POST", path: at("archive"), handle: batchArchive, scopes: WRITE },
  ];
}
