/** Links between records as the v4 API has them: single, by default type, in batches, with labels. */
import { z } from "zod";
import { type Account, isoOf } from "../account/account.ts";
import {
  categoryOf,
  checkSpecs,
  knownTypes,
  type Link,
  link,
  linksOf,
  unlink,
  unlinkTypes,
} from "../account/associations.ts";
import { objectTypeOf } from "../account/object-types.ts";
import { findRecord } from "../account/records.ts";
import { type ApiError, invalid, notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import {
  type Answer,
  type Call,
  created,
  limitOf,
  neededTable,
  nextPage,
  nothing,
  ok,
  parsed,
  type Route,
} from "../http/route.ts";
import { idSchema, specSchema } from "./bodies.ts";

const end = z.object({ id: idSchema });
const types = z.array(specSchema).min(1).max(50);
const inputs = <T extends z.ZodType>(input: T, most: number) => z.object({ inputs: z.array(input).min(1).max(most) });
const createSchema = inputs(z.object({ from: end, to: end, types }), 2_000);
const defaultSchema = inputs(z.object({ from: end, to: end }), 2_000);
const readSchema = inputs(z.object({ id: idSchema, after: z.string().nullish() }), 1_000);
const archiveSchema = inputs(z.object({ from: end, to: z.array(end) }), 2_000);
const labelsArchiveSchema = inputs(z.object({ from: end, to: end, types }), 2_000);
const labelSchema = z.object({
  label: z.string().min(1).max(100),
  name: z.string().min(1).max(100),
  inverseLabel: z.string().nullish(),
});
const labelUpdateSchema = z.object({
  associationTypeId: z.coerce.number().int(),
  label: z.string().min(1).max(100),
  inverseLabel: z.string().nullish(),
});

const PAGE = 500;

function pairOf({ account, params }: Call): { from: string; to: string } {
  return {
    from: neededTable(account, params.from).type.typeId,
    to: neededTable(account, params.to).type.typeId,
  };
}

/** Both ends by their record ids, or the ids that do not exist. */
function endsOf(account: Account, from: string, fromId: string, to: string, toId: string): Link | string[] {
  const fromRecord = findRecord(neededTable(account, from), fromId);
  const toRecord = findRecord(neededTable(account, to), toId);
  if (fromRecord !== undefined && toRecord !== undefined) {
    return { fromType: from, fromId: fromRecord.id, toType: to, toId: toRecord.id };
  }
  return [...(fromRecord === undefined ? [fromId] : []), ...(toRecord === undefined ? [toId] : [])];
}

function missingEnds(ids: string[]): ApiError {
  return notFound("One or more of the objects to associate do not exist", { context: { ids } });
}

function neededEnds(account: Account, from: string, fromId: string, to: string, toId: string): Link {
  const ends = endsOf(account, from, fromId, to, toId);
  if (Array.isArray(ends)) throw missingEnds(ends);
  return ends;
}

function shownTypes(account: Account, from: string, to: string, held: ReadonlySet<number>) {
  return knownTypes(account, from, to)
    .filter(({ typeId }) => held.has(typeId))
    .map(({ typeId, label }) => ({ category: categoryOf(account, typeId), typeId, label }));
}

function shownLinks(account: Account, from: string, fromId: string, to: string) {
  return [...linksOf(account, from, fromId, to)].map(([toId, held]) => ({
    toObjectId: toId,
    associationTypes: shownTypes(account, from, to, held),
  }));
}

function linkOne(call: Call): Answer {
  const { account, params, body, source } = call;
  const { from, to } = pairOf(call);
  const ends = neededEnds(account, from, params.fromId ?? "", to, params.toId ?? "");
  const checked = checkSpecs(account, from, to, parsed(types, body));
  link(account, ends, checked, source);
  return created({
    fromObjectTypeId: from,
    fromObjectId: ends.fromId,
    toObjectTypeId: to,
    toObjectId: ends.toId,
    labels: checked.flatMap(({ label }) => (label === null ? [] : [label])),
  });
}

/** What a default link looks like in answers: once from each side. */
function shownDefault(account: Account, ends: Link) {
  const [standard] = knownTypes(account, ends.fromType, ends.toType);
  const spec = (associationTypeId: number) => ({ associationCategory: "HUBSPOT_DEFINED", associationTypeId });
  return [
    { from: { id: ends.fromId }, to: { id: ends.toId }, associationSpec: spec(standard?.typeId ?? 0) },
    { from: { id: ends.toId }, to: { id: ends.fromId }, associationSpec: spec(standard?.inverseId ?? 0) },
  ];
}

function linkDefault(account: Account, ends: Link, call: Call): void {
  const held = linksOf(account, ends.fromType, ends.fromId, ends.toType).get(ends.toId);
  if (held === undefined) link(account, ends, [], call.source);
}

function batchOf(call: Call, startedAt: number, results: unknown[], failures: unknown[] = []) {
  return {
    status: "COMPLETE",
    results,
    ...(failures.length > 0 ? { numErrors: failures.length, errors: failures } : {}),
    startedAt: isoOf(startedAt),
    completedAt: isoOf(call.account.now()),
  };
}

function linkOneByDefault(call: Call): Answer {
  const { account, params } = call;
  const startedAt = account.now();
  const { from, to } = pairOf(call);
  const ends = neededEnds(account, from, params.fromId ?? "", to, params.toId ?? "");
  linkDefault(account, ends, call);
  return ok(batchOf(call, startedAt, shownDefault(account, ends)));
}

function listLinks(call: Call): Answer {
  const { account, params, query } = call;
  const { from, to } = pairOf(call);
  const record = findRecord(neededTable(account, from), params.fromId ?? "");
  if (record === undefined) throw notFound();
  const all = shownLinks(account, from, record.id, to).sort((a, b) => Number(a.toObjectId) - Number(b.toObjectId));
  const limit = limitOf(query, PAGE, PAGE);
  const after = Number(query.get("after") ?? 0);
  if (!Number.isFinite(after)) throw invalid(`Invalid after: ${query.get("after")}`);
  const rest = all.filter(({ toObjectId }) => Number(toObjectId) > after);
  const results = rest.slice(0, limit);
  const last = results.at(-1);
  const hasMore = rest.length > results.length && last !== undefined;
  return ok({ results, ...(hasMore ? { paging: nextPage(call, last.toObjectId) } : {}) });
}

function unlinkOne(call: Call): Answer {
  const { account, params, source } = call;
  const { from, to } = pairOf(call);
  unlink(account, { fromType: from, fromId: params.fromId ?? "", toType: to, toId: params.toId ?? "" }, source);
  return nothing();
}

function failure(error: ApiError) {
  const { category, message, context = {} } = error.body;
  return { status: "error", category, message, context, links: {}, errors: [] };
}

const batchCreate =
  (code: number) =>
  (call: Call): Answer => {
    const { account, body, source } = call;
    const startedAt = account.now();
    const { from, to } = pairOf(call);
    const given = parsed(createSchema, body).inputs.map((input) => ({
      ends: endsOf(account, from, input.from.id, to, input.to.id),
      types: checkSpecs(account, from, to, input.types),
    }));
    const results: unknown[] = [];
    const failures: unknown[] = [];
    for (const { ends, types: checked } of given) {
      if (Array.isArray(ends)) {
        failures.push(failure(missingEnds(ends)));
        continue;
      }
      link(account, ends, checked, source);
      const labels = checked.flatMap(({ label }) => (label === null ? [] : [label]));
      results.push({
        fromObjectTypeId: from,
        fromObjectId: ends.fromId,
        toObjectTypeId: to,
        toObjectId: ends.toId,
        labels,
      });
    }
    return { status: failures.length > 0 ? 207 : code, body: batchOf(call, startedAt, results, failures) };
  };

function batchDefault(call: Call): Answer {
  const { account, body } = call;
  const startedAt = account.now();
  const { from, to } = pairOf(call);
  const results: unknown[] = [];
  const failures: unknown[] = [];
  for (const input of parsed(defaultSchema, body).inputs) {
    const ends = endsOf(account, from, input.from.id, to, input.to.id);
    if (Array.isArray(ends)) {
      failures.push(failure(missingEnds(ends)));
      continue;
    }
    linkDefault(account, ends, call);
    results.push(...shownDefault(account, ends));
  }
  return { status: failures.length > 0 ? 207 : 200, body: batchOf(call, startedAt, results, failures) };
}

/** A record without links is an error entry, not an empty result; that is how real accounts answer. */
function batchRead(call: Call): Answer {
  const { account, body } = call;
  const startedAt = account.now();
  const { from, to } = pairOf(call);
  const results: unknown[] = [];
  const failures: unknown[] = [];
  for (const { id, after } of parsed(readSchema, body).inputs) {
    const all = shownLinks(account, from, id, to).sort((a, b) => Number(a.toObjectId) - Number(b.toObjectId));
    const rest = all.filter(({ toObjectId }) => Number(toObjectId) > Number(after ?? 0));
    if (all.length === 0) {
      const [fromName, toName] = [from, to].map((typeId) => objectTypeOf(typeId)?.singular ?? typeId);
      const message = `No ${toName} is associated with ${fromName} ${id}.`;
      const context = { fromObjectId: [id], fromObjectType: [fromName], toObjectType: [toName] };
      failures.push({
        status: "error",
        category: "OBJECT_NOT_FOUND",
        subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
        message,
        context,
      });
      continue;
    }
    const page = rest.slice(0, PAGE);
    const last = page.at(-1);
    const paging = rest.length > PAGE && last !== undefined ? { paging: { next: { after: last.toObjectId } } } : {};
    results.push({ from: { id }, to: page, ...paging });
  }
  return { status: failures.length > 0 ? 207 : 200, body: batchOf(call, startedAt, results, failures) };
}

/** The dated API says in a body that it is done; v4 says nothing. */
function archived({ account }: Call, code: number): Answer {
  const at = isoOf(account.now());
  return code === 204 ? nothing() : { status: code, body: { status: "COMPLETE", startedAt: at, completedAt: at } };
}

const batchArchive =
  (code: number) =>
  (call: Call): Answer => {
    const { from, to } = pairOf(call);
    for (const input of parsed(archiveSchema, call.body).inputs) {
      for (const { id } of input.to) {
        unlink(call.account, { fromType: from, fromId: input.from.id, toType: to, toId: id }, call.source);
      }
    }
    return archived(call, code);
  };

const labelsArchive =
  (code: number) =>
  (call: Call): Answer => {
    const { account, source } = call;
    const { from, to } = pairOf(call);
    const given = parsed(labelsArchiveSchema, call.body).inputs.map((input) => ({
      ends: { fromType: from, fromId: input.from.id, toType: to, toId: input.to.id },
      types: checkSpecs(account, from, to, input.types),
    }));
    for (const { ends, types: checked } of given) unlinkTypes(account, ends, checked, source);
    return archived(call, code);
  };

function labels(call: Call): Answer {
  const { account } = call;
  const { from, to } = pairOf(call);
  const results = knownTypes(account, from, to).map(({ typeId, label }) => ({
    category: categoryOf(account, typeId),
    typeId,
    label,
  }));
  return ok({ results });
}

function createLabel(call: Call): Answer {
  const { account, body } = call;
  const { from, to } = pairOf(call);
  const { label, name, inverseLabel } = parsed(labelSchema, body);
  const typeId = 1 + Math.max(20_000, ...account.labels.map((known) => known.typeId));
  const back = typeId + 1;
  account.labels.push({ typeId, from, to, label, inverseId: back, name, category: "USER_DEFINED" });
  account.labels.push({
    typeId: back,
    from: to,
    to: from,
    label: inverseLabel ?? label,
    inverseId: typeId,
    name,
    category: "USER_DEFINED",
  });
  return ok({
    results: [
      { category: "USER_DEFINED", typeId, label },
      { category: "USER_DEFINED", typeId: back, label: inverseLabel ?? label },
    ],
  });
}

function updateLabel({ account, body }: Call): Answer {
  const { associationTypeId, label, inverseLabel } = parsed(labelUpdateSchema, body);
  const known = account.labels.find(({ typeId }) => typeId === associationTypeId);
  if (known === undefined) throw notFound();
  known.label = label;
  const back = account.labels.find(({ typeId }) => typeId === known.inverseId);
  if (back !== undefined) back.label = inverseLabel ?? label;
  return nothing();
}

function deleteLabel({ account, params }: Call): Answer {
  const known = account.labels.find(({ typeId }) => String(typeId) === params.typeId);
  if (known === undefined) throw notFound();
  account.labels = account.labels.filter((other) => other !== known && other.typeId !== known.inverseId);
  return nothing();
}

export function associationRoutes({ objectAssociations, associations, codes, listsAssociations }: Family): Route[] {
  const one = `${objectAssociations}/:from/:fromId/associations`;
  const pair = `${associations}/:from/:to`;
  const routes: Route[] = [
    { method: "PUT", path: `${one}/:to/:toId`, handle: linkOne },
    { method: "DELETE", path: `${one}/:to/:toId`, handle: unlinkOne },
    { method: "PUT", path: `${one}/default/:to/:toId`, handle: linkOneByDefault },
    { method: "POST", path: `${pair}/batch/create`, handle: batchCreate(codes.associationBatchCreate) },
    { method: "POST", path: `${pair}/batch/associate/default`, handle: batchDefault },
    { method: "POST", path: `${pair}/batch/read`, handle: batchRead },
    { method: "POST", path: `${pair}/batch/archive`, handle: batchArchive(codes.associationBatchArchive) },
    { method: "POST", path: `${pair}/batch/labels/archive`, handle: labelsArchive(codes.associationBatchArchive) },
    { method: "GET", path: `${pair}/labels`, handle: labels },
    { method: "POST", path: `${pair}/labels`, handle: createLabel },
    { method: "PUT", path: `${pair}/labels`, handle: updateLabel },
    { method: "DELETE", path: `${pair}/labels/:typeId`, handle: deleteLabel },
  ];
  if (listsAssociations) routes.push({ method: "GET", path: `${one}/:to`, handle: listLinks });
  return routes;
}
