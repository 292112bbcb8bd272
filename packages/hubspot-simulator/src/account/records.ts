/** Writing records: checked first, then applied in one go, so that a refused batch leaves no trace. Used by routes and the page. */
import { ApiError, conflict, type InvalidValue, invalid, invalidValues, notFound } from "../http/api-error.ts";
import { type Account, type CrmRecord, isoOf, nextId, type Source, type Table, tell } from "./account.ts";
import { unlinkAll } from "./associations.ts";
import { derivedValues } from "./derived.ts";
import { CONTACT, createdName, lastModifiedName } from "./object-types.ts";
import { keptValue } from "./values.ts";

export type Properties = ReadonlyMap<string, string>;

/** A write that passed every check; applying it cannot fail. */
export type CheckedWrite = { record?: CrmRecord; values: Map<string, string> };

const MAX_HISTORY_LENGTH = 20;
const STAGES = [
  "subscriber",
  "lead",
  "marketingqualifiedlead",
  "salesqualifiedlead",
  "opportunity",
  "customer",
  "evangelist",
  "other",
];

/** Unique values claimed by earlier inputs of the same batch: `property/value`. */
export type Claims = Set<string>;

function checkedValues(table: Table, properties: Properties): Map<string, string> {
  const values = new Map<string, string>();
  const problems: InvalidValue[] = [];
  for (const [name, given] of properties) {
    const definition = table.definitions.get(name);
    if (definition === undefined) {
      problems.push({ name, error: "PROPERTY_DOESNT_EXIST", message: `Property "${name}" does not exist` });
    } else if (definition.modificationMetadata.readOnlyValue) {
      const message = `"${name}" is a read only property; its value cannot be set.`;
      problems.push({ name, error: "READ_ONLY_VALUE", message });
    } else {
      const kept = keptValue(definition, given);
      if ("wrong" in kept) problems.push({ name, ...kept.wrong });
      else values.set(name, kept.value);
    }
  }
  if (problems.length > 0) throw invalidValues(problems);
  return values;
}

/** Who holds this unique value; for contacts the additional addresses count too. */
export function findByUnique(table: Table, property: string, value: string): CrmRecord | undefined {
  const id = table.unique.get(property)?.get(value.trim().toLowerCase());
  return id === undefined ? undefined : table.records.get(id);
}

function checkUnique(account: Account, table: Table, write: CheckedWrite, claims: Claims): void {
  for (const [name, value] of write.values) {
    if (value === "" || !table.unique.has(name)) continue;
    const holder = findByUnique(table, name, value);
    const claim = `${name}/${value.toLowerCase()}`;
    if ((holder === undefined || holder === write.record) && !claims.has(claim)) {
      claims.add(claim);
      continue;
    }
    if (table.type.typeId === CONTACT && name === "email") {
      const id = holder?.id ?? "";
      throw conflict(`Contact already exists. Existing ID: ${id}`);
    }
    const coordinates = `portalId=${account.portalId}, objectTypeId=${table.type.typeId}, objectId=${write.record?.id ?? 0}, propertyName=${name}, value=${value}`;
    const message = `Cannot set PropertyValueCoordinates{${coordinates}} on ${write.record?.id ?? 0}. ${holder?.id ?? "Another input"} already has that value.`;
    const context = { propertyName: [name], ...(holder === undefined ? {} : { objectId: [holder.id] }) };
    throw invalid(message, { errors: [{ message, code: "CONFLICTING_UNIQUE_VALUE", context }] });
  }
}

export function checkCreate(account: Account, table: Table, properties: Properties, claims: Claims): CheckedWrite {
  const values = checkedValues(table, properties);
  const missing = table.type.required.filter((names) => !names.some((name) => values.get(name)));
  if (missing.length > 0) {
    const message = `Error creating ${table.type.singular.toUpperCase()}. Some required properties were not set.`;
    throw invalid(message, {
      errors: [{ message, code: "REQUIRED_FIELD", context: { properties: missing.map((names) => names[0] ?? "") } }],
    });
  }
  const write = { values };
  checkUnique(account, table, write, claims);
  return write;
}

export function checkUpdate(
  account: Account,
  table: Table,
  record: CrmRecord,
  properties: Properties,
  claims: Claims,
): CheckedWrite {
  const write = { record, values: checkedValues(table, properties) };
  checkUnique(account, table, write, claims);
  return write;
}

/** A stage further back is left alone without a word, as HubSpot does; only clearing it first opens the way. */
function movesBackward(record: CrmRecord, name: string, value: string): boolean {
  if (name !== "lifecyclestage" || value === "") return false;
  const before = record.properties.get(name);
  return before !== undefined && STAGES.indexOf(value) < STAGES.indexOf(before);
}

function noteHistory(record: CrmRecord, name: string, value: string, at: number, source: Source): void {
  const entries = record.history.get(name) ?? [];
  entries.unshift({ value, at, source });
  if (entries.length > MAX_HISTORY_LENGTH) entries.length = MAX_HISTORY_LENGTH;
  record.history.set(name, entries);
}

function reindex(table: Table, record: CrmRecord, name: string, value: string): void {
  const index = table.unique.get(name);
  if (index === undefined) return;
  const before = record.properties.get(name);
  if (before !== undefined && index.get(before.toLowerCase()) === record.id) index.delete(before.toLowerCase());
  if (value !== "") index.set(value.toLowerCase(), record.id);
}

/** The second address of a merged contact still finds it. */
function indexAdditionalEmails(table: Table, record: CrmRecord, value: string): void {
  for (const email of value.split(";").filter((part) => part !== "")) {
    table.unique.get("email")?.set(email.toLowerCase(), record.id);
  }
}

/** Puts values into a record that is known to take them. Returns the names that really changed. */
export function putValues(
  account: Account,
  table: Table,
  record: CrmRecord,
  values: Properties,
  source: Source,
): string[] {
  const at = account.now();
  const changed: string[] = [];
  const put = (name: string, value: string): void => {
    if ((record.properties.get(name) ?? "") === value || movesBackward(record, name, value)) return;
    reindex(table, record, name, value);
    if (value === "") record.properties.delete(name);
    else record.properties.set(name, value);
    if (name === "hs_additional_emails") indexAdditionalEmails(table, record, value);
    noteHistory(record, name, value, at, source);
    changed.push(name);
  };
  for (const [name, value] of values) put(name, value);
  for (const [name, value] of derivedValues(table.type.typeId, record.properties, new Set(changed), at)) {
    put(name, value);
  }
  return changed;
}

/** Before a write, what search shall go on seeing for a while. */
function holdIndex(account: Account, record: CrmRecord, isNew: boolean): void {
  const delayMs = account.indexDelayMs();
  const now = account.now();
  if (delayMs <= 0 || (record.indexed !== undefined && record.indexed.indexedFrom > now)) return;
  record.indexed = { properties: isNew ? null : new Map(record.properties), indexedFrom: now + delayMs };
}

function touch(account: Account, table: Table, record: CrmRecord): void {
  record.updatedAt = account.now();
  record.properties.set(lastModifiedName(table.type.typeId), isoOf(record.updatedAt));
}

function emitChanges(account: Account, table: Table, record: CrmRecord, names: readonly string[], source: Source) {
  for (const propertyName of names) {
    tell(account, {
      kind: "propertyChange",
      typeId: table.type.typeId,
      objectId: record.id,
      at: record.updatedAt,
      source,
      propertyName,
      propertyValue: record.properties.get(propertyName) ?? "",
    });
  }
}

export function applyCreate(account: Account, table: Table, write: CheckedWrite, source: Source): CrmRecord {
  const at = account.now();
  const id = nextId(account);
  const record: CrmRecord = { id, properties: new Map(), history: new Map(), createdAt: at, updatedAt: at };
  holdIndex(account, record, true);
  record.properties.set("hs_object_id", id);
  record.properties.set(createdName(table.type.typeId), isoOf(at));
  record.properties.set("hs_object_source", source.changeSource);
  record.properties.set("hs_object_source_id", source.sourceId);
  table.records.set(id, record);
  table.order.push(Number(id));
  const changed = putValues(account, table, record, write.values, source);
  touch(account, table, record);
  tell(account, { kind: "creation", typeId: table.type.typeId, objectId: id, at, source });
  emitChanges(account, table, record, changed, source);
  return record;
}

export function applyUpdate(account: Account, table: Table, write: CheckedWrite, source: Source): CrmRecord {
  const record = write.record;
  if (record === undefined) throw new ApiError(500, { message: "internal error" });
  holdIndex(account, record, false);
  const changed = putValues(account, table, record, write.values, source);
  if (changed.length > 0) touch(account, table, record);
  emitChanges(account, table, record, changed, source);
  return record;
}

/** Finds by record id (also the id of a record that was merged away) or by a unique property. */
export function findRecord(table: Table, id: string, idProperty?: string): CrmRecord | undefined {
  if (idProperty === undefined || idProperty === "hs_object_id") {
    return table.records.get(id) ?? table.records.get(table.mergedInto.get(id) ?? "");
  }
  if (!table.unique.has(idProperty)) {
    throw invalid(`Unable to perform read by non-unique ${table.type.typeId} property`, {
      context: { idProperty: [idProperty] },
    });
  }
  return findByUnique(table, idProperty, id);
}

export function neededRecord(table: Table, id: string, idProperty?: string): CrmRecord {
  const record = findRecord(table, id, idProperty);
  if (record === undefined) throw notFound();
  return record;
}

function leaveIndexes(table: Table, record: CrmRecord): void {
  for (const index of table.unique.values()) {
    for (const value of record.properties.values()) {
      if (index.get(value.toLowerCase()) === record.id) index.delete(value.toLowerCase());
    }
  }
  for (const email of (record.properties.get("hs_additional_emails") ?? "").split(";")) {
    if (table.unique.get("email")?.get(email.toLowerCase()) === record.id) {
      table.unique.get("email")?.delete(email.toLowerCase());
    }
  }
}

/** Into the recycle bin. Its address is free again at once. */
export function archiveRecord(account: Account, table: Table, record: CrmRecord, source: Source): void {
  record.archivedAt = account.now();
  table.records.delete(record.id);
  table.archived.set(record.id, record);
  leaveIndexes(table, record);
  unlinkAll(account, table.type.typeId, record.id);
  tell(account, { kind: "deletion", typeId: table.type.typeId, objectId: record.id, at: record.archivedAt, source });
}

/** Out of the recycle bin, as a person can do for 90 days. */
export function restoreRecord(account: Account, table: Table, id: string, source: Source): CrmRecord {
  const record = table.archived.get(id);
  if (record === undefined) throw notFound();
  checkUnique(account, table, { record, values: record.properties }, new Set());
  table.archived.delete(id);
  delete record.archivedAt;
  for (const [name, value] of record.properties) table.unique.get(name)?.set(value.toLowerCase(), id);
  table.records.set(id, record);
  touch(account, table, record);
  tell(account, { kind: "restore", typeId: table.type.typeId, objectId: id, at: record.updatedAt, source });
  return record;
}

/** Forgets a contact for good: no recycle bin, no history, no way back. */
export function forgetRecord(account: Account, table: Table, record: CrmRecord, source: Source): void {
  table.records.delete(record.id);
  table.archived.delete(record.id);
  leaveIndexes(table, record);
  unlinkAll(account, table.type.typeId, record.id);
  const at = account.now();
  for (const kind of ["deletion", "privacyDeletion"] as const) {
    tell(account, { kind, typeId: table.type.typeId, objectId: record.id, at, source });
  }
}
