/** One record at a time: create, read, list, change, archive, merge, forget, search. */
import { z } from "zod";
import type { Account, CrmRecord, Source, Table } from "../account/account.ts";
import { checkSpecs, link } from "../account/associations.ts";
import { mergeRecords } from "../account/merge.ts";
import { CONTACT, OBJECT_TYPES } from "../account/object-types.ts";
import {
  applyCreate,
  applyUpdate,
  archiveRecord,
  checkCreate,
  checkUpdate,
  findByUnique,
  findRecord,
  forgetRecord,
  neededRecord,
} from "../account/records.ts";
import { searchRecords, searchSchema } from "../account/search.ts";
import { type View, viewAfterWrite, viewOf } from "../account/views.ts";
import { invalid, notFound } from "../http/api-error.ts";
import type { Family } from "../http/families.ts";
import {
  type Answer,
  type Call,
  created,
  isTrue,
  limitOf,
  listOf,
  neededTable,
  nextPage,
  nothing,
  ok,
  parsed,
  type Route,
} from "../http/route.ts";
import { idSchema, type NewAssociations, newAssociationsSchema, propertiesSchema } from "./bodies.ts";

export const READ = ["crm.objects.{type}.read"];
export const WRITE = ["crm.objects.{type}.write"];

const createSchema = z.object({ properties: propertiesSchema, associations: newAssociationsSchema });
const updateSchema = z.object({ properties: propertiesSchema });
const mergeSchema = z.object({ primaryObjectId: idSchema, objectIdToMerge: idSchema });
const forgetSchema = z.object({ objectId: idSchema, idProperty: z.string().nullish() });

/** Each association of a new record, checked: the other end is there and the type fits. */
export function checkedAssociations(account: Account, table: Table, given: NewAssociations) {
  return (given ?? []).map(({ to, types }) => {
    const other = OBJECT_TYPES.find(({ typeId }) => {
      const others = account.tables.get(typeId);
      return others !== undefined && findRecord(others, to.id) !== undefined;
    });
    if (other === undefined) {
      throw invalid(`Invalid associations: object ${to.id} does not exist`, {
        subCategory: "crm.associations.NOT_FOUND",
      });
    }
    return { toType: other.typeId, toId: to.id, types: checkSpecs(account, table.type.typeId, other.typeId, types) };
  });
}

export type CheckedAssociations = ReturnType<typeof checkedAssociations>;

export function linkNew(
  account: Account,
  table: Table,
  record: CrmRecord,
  associations: CheckedAssociations,
  source: Source,
) {
  for (const { toType, toId, types } of associations) {
    link(account, { fromType: table.type.typeId, fromId: record.id, toType, toId }, types, source);
  }
}

function viewFrom(call: Call): View {
  return {
    properties: listOf(call.query, "properties"),
    propertiesWithHistory: listOf(call.query, "propertiesWithHistory"),
    associations: listOf(call.query, "associations"),
  };
}

function create({ account, params, body, source }: Call): Answer {
  const table = neededTable(account, params.type);
  const { properties, associations } = parsed(createSchema, body);
  const links = checkedAssociations(account, table, associations);
  const write = checkCreate(account, table, properties, new Set());
  const record = applyCreate(account, table, write, source);
  linkNew(account, table, record, links, source);
  return created(viewAfterWrite(account, table, record, properties.keys()));
}

function read(call: Call): Answer {
  const { account, params, query } = call;
  const table = neededTable(account, params.type);
  const id = params.id ?? "";
  if (isTrue(query, "archived")) {
    const record = table.archived.get(id);
    if (record === undefined) throw notFound();
    return ok(viewOf(account, table, record, viewFrom(call)));
  }
  return ok(viewOf(account, table, neededRecord(table, id, query.get("idProperty") ?? undefined), viewFrom(call)));
}

/** First place in the ascending ids that is greater than `after`. */
function placeAfter(order: readonly number[], after: number): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((order[middle] ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

function list(call: Call): Answer {
  const { account, params, query } = call;
  const table = neededTable(account, params.type);
  const most = listOf(query, "propertiesWithHistory") === undefined ? 100 : 50;
  const limit = limitOf(query, 10, most);
  const after = Number(query.get("after") ?? 0);
  if (!Number.isFinite(after)) throw invalid(`Invalid after: ${query.get("after")}`);
  const source = isTrue(query, "archived") ? table.archived : table.records;
  const page: CrmRecord[] = [];
  for (let place = placeAfter(table.order, after); place < table.order.length && page.length <= limit; place += 1) {
    const record = source.get(String(table.order[place]));
    if (record !== undefined) page.push(record);
  }
  const hasMore = page.length > limit;
  const shown = hasMore ? page.slice(0, limit) : page;
  const results = shown.map((record) => viewOf(account, table, record, viewFrom(call)));
  return ok({ results, ...(hasMore ? { paging: nextPage(call, shown.at(-1)?.id ?? "") } : {}) });
}

function update({ account, params, query, body, source }: Call): Answer {
  const table = neededTable(account, params.type);
  const { properties } = parsed(updateSchema, body);
  const record = neededRecord(table, params.id ?? "", query.get("idProperty") ?? undefined);
  applyUpdate(account, table, checkUpdate(account, table, record, properties, new Set()), source);
  return ok(viewAfterWrite(account, table, record, properties.keys()));
}

function archive({ account, params, source }: Call): Answer {
  const table = neededTable(account, params.type);
  const record = table.records.get(params.id ?? "");
  if (record !== undefined) archiveRecord(account, table, record, source);
  else if (!table.archived.has(params.id ?? "")) throw notFound();
  return nothing();
}

function merge({ account, params, body, source }: Call): Answer {
  const table = neededTable(account, params.type);
  const { primaryObjectId, objectIdToMerge } = parsed(mergeSchema, body);
  const primary = neededRecord(table, primaryObjectId);
  const record = mergeRecords(account, table, primary, neededRecord(table, objectIdToMerge), source);
  return ok(viewOf(account, table, record));
}

function forget({ account, params, body, source }: Call): Answer {
  const table = neededTable(account, params.type);
  if (table.type.typeId !== CONTACT) throw invalid(`GDPR delete is not supported for ${table.type.plural}`);
  const { objectId, idProperty } = parsed(forgetSchema, body);
  const record = idProperty
    ? findByUnique(table, idProperty, objectId)
    : (findRecord(table, objectId) ?? table.archived.get(objectId));
  if (record !== undefined) forgetRecord(account, table, record, source);
  else if (!idProperty) throw notFound();
  return nothing();
}

function search({ account, params, body }: Call): Answer {
  const table = neededTable(account, params.type);
  const wanted = parsed(searchSchema, body);
  const { total, records, after } = searchRecords(account, table, wanted);
  const properties = wanted.properties?.length ? wanted.properties : undefined;
  const results = records.map((record) => viewOf(account, table, record, { properties }));
  return ok({ total, results, ...(after === undefined ? {} : { paging: { next: { after } } }) });
}

export function objectRoutes({ objects }: Family): Route[] {
  return [
    { method: "POST", path: `${objects}/:type`, handle: create, scopes: WRITE },
    { method: "GET", path: `${objects}/:type`, handle: list, scopes: READ },
    { method: "GET", path: `${objects}/:type/:id`, handle: read, scopes: READ },
    { method: "PATCH", path: `${objects}/:type/:id`, handle: update, scopes: WRITE },
    { method: "DELETE", path: `${objects}/:type/:id`, handle: archive, scopes: WRITE },
    { method: "POST", path: `${objects}/:type/search`, handle: search, scopes: READ, limit: "search" },
    { method: "POST", path: `${objects}/:type/merge`, handle: merge, scopes: WRITE },
    { method: "POST", path: `${objects}/:type/gdpr-delete`, handle: forget, scopes: WRITE },
  ];
}
