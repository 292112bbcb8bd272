/** Merging two records: the primary keeps its values, takes over what it lacked, and answers to the other's id from then on. */
import { invalid } from "../http/api-error.ts";
import { type Account, type CrmRecord, isoOf, type Source, type Table, tell } from "./account.ts";
import { knownTypes, link } from "./associations.ts";
import { CONTACT, lastModifiedName } from "./object-types.ts";
import { archiveRecord, putValues } from "./records.ts";

function adoptLinks(account: Account, table: Table, primary: CrmRecord, other: CrmRecord, source: Source): void {
  const typeId = table.type.typeId;
  for (const [otherType, others] of account.links.get(`${typeId}/${other.id}`) ?? []) {
    for (const [toId, types] of others) {
      if (otherType === typeId && toId === primary.id) continue;
      const known = knownTypes(account, typeId, otherType).filter((type) => types.has(type.typeId));
      link(account, { fromType: typeId, fromId: primary.id, toType: otherType, toId }, known, source);
    }
  }
}

function mergedEmails(primary: CrmRecord, other: CrmRecord): string {
  const known = (record: CrmRecord) => (record.properties.get("hs_additional_emails") ?? "").split(";");
  const all = [...known(primary), other.properties.get("email") ?? "", ...known(other)];
  return [...new Set(all.filter((email) => email !== "" && email !== primary.properties.get("email")))].join(";");
}

export function mergeRecords(
  account: Account,
  table: Table,
  primary: CrmRecord,
  other: CrmRecord,
  source: Source,
): CrmRecord {
  if (primary === other) throw invalid("Cannot merge an object with itself");
  adoptLinks(account, table, primary, other, source);
  const adopted = new Map<string, string>();
  for (const [name, value] of other.properties) {
    if (!primary.properties.has(name) && !table.unique.has(name)) adopted.set(name, value);
  }
  const ids = (primary.properties.get("hs_merged_object_ids") ?? "").split(";").filter((id) => id !== "");
  if (table.definitions.has("hs_merged_object_ids")) adopted.set("hs_merged_object_ids", [...ids, other.id].join(";"));
  const emails = table.type.typeId === CONTACT ? mergedEmails(primary, other) : "";

  archiveRecord({ ...account, listeners: [] }, table, other, source);
  if (emails !== "") adopted.set("hs_additional_emails", emails);
  const moved = putValues(account, table, primary, adopted, source);
  primary.updatedAt = account.now();
  primary.properties.set(lastModifiedName(table.type.typeId), isoOf(primary.updatedAt));
  for (const [old, target] of table.mergedInto) if (target === other.id) table.mergedInto.set(old, primary.id);
  table.mergedInto.set(other.id, primary.id);
  tell(account, {
    kind: "merge",
    typeId: table.type.typeId,
    objectId: primary.id,
    at: primary.updatedAt,
    source,
    extra: {
      primaryObjectId: Number(primary.id),
      mergedObjectIds: [Number(other.id)],
      newObjectId: Number(primary.id),
      numberOfPropertiesMoved: moved.length,
    },
  });
  return primary;
}
