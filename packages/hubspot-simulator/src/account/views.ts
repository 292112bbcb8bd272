/** How a record looks to those who ask: the asked properties as strings, `null` when named but empty, links when wanted. */
import { type Account, type CrmRecord, isoOf, type Table } from "./account.ts";
import { knownTypes, linksOf } from "./associations.ts";
import { valueWhenRead } from "./derived.ts";
import { createdName, lastModifiedName, objectTypeOf } from "./object-types.ts";

export type View = {
  /** Undefined: the defaults of the type. */
  properties?: readonly string[];
  propertiesWithHistory?: readonly string[];
  associations?: readonly string[];
};

const ASSOCIATIONS_PER_PAGE = 500;

function propertiesOf(account: Account, table: Table, record: CrmRecord, asked: readonly string[] | undefined) {
  const typeId = table.type.typeId;
  const always = ["hs_object_id", createdName(typeId), lastModifiedName(typeId)];
  const now = account.now();
  const known = (asked ?? table.type.defaults).filter((name) => table.definitions.has(name));
  return Object.fromEntries(
    [...new Set([...known, ...always])].map((name) => [
      name,
      valueWhenRead(typeId, name, record.properties, now) ?? null,
    ]),
  );
}

function historyOf(record: CrmRecord, names: readonly string[]) {
  return Object.fromEntries(
    names.flatMap((name) => {
      const entries = record.history.get(name);
      if (entries === undefined) return [];
      const shown = entries.map(({ value, at, source }) => ({
        value,
        timestamp: isoOf(at),
        sourceType: source.changeSource,
        sourceId: source.sourceId,
        ...(source.userId === undefined ? {} : { updatedByUserId: source.userId }),
      }));
      return [[name, shown]];
    }),
  );
}

function associationsOf(account: Account, table: Table, record: CrmRecord, kinds: readonly string[]) {
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const other = objectTypeOf(kind);
      if (other === undefined) return [];
      const links = [...linksOf(account, table.type.typeId, record.id, other.typeId)];
      if (links.length === 0) return [];
      const standard = knownTypes(account, table.type.typeId, other.typeId);
      const results = links.slice(0, ASSOCIATIONS_PER_PAGE).flatMap(([id, types]) =>
        standard
          .filter(({ typeId }) => types.has(typeId))
          .map(({ label }) => {
            const name = `${table.type.singular}_to_${other.singular}`;
            return { id, type: label === null ? name : `${label.toLowerCase().replaceAll(" ", "_")}_${name}` };
          }),
      );
      return [[other.plural.replaceAll("_", " "), { results }]];
    }),
  );
}

/** The record as every answer shows it. */
export function viewOf(account: Account, table: Table, record: CrmRecord, view: View = {}) {
  return {
    id: record.id,
    properties: propertiesOf(account, table, record, view.properties),
    ...(view.propertiesWithHistory?.length
      ? { propertiesWithHistory: historyOf(record, view.propertiesWithHistory) }
      : {}),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    archived: record.archivedAt !== undefined,
    ...(record.archivedAt === undefined ? {} : { archivedAt: isoOf(record.archivedAt) }),
    ...(view.associations?.length ? { associations: associationsOf(account, table, record, view.associations) } : {}),
  };
}

/** After a write, what was written is shown beside the defaults. */
export function viewAfterWrite(account: Account, table: Table, record: CrmRecord, written: Iterable<string>) {
  return viewOf(account, table, record, { properties: [...table.type.defaults, ...written] });
}
