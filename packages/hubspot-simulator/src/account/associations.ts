/** Links between records, always kept from both ends. A pair has a set of types; the unlabelled one is always among them. */
import { invalid } from "../http/api-error.ts";
import { type Account, getOrMake, type Source, tell } from "./account.ts";
import { type AssociationType, typesBetween } from "./association-types.ts";
import { objectTypeOf } from "./object-types.ts";

export type AssociationLabel = AssociationType & { name: string; category: "USER_DEFINED" };

/** One end and the other, by type id and record id. */
export type Link = { fromType: string; fromId: string; toType: string; toId: string };

export type AssociationSpec = { associationCategory: string; associationTypeId: number };

export function knownTypes(account: Account, from: string, to: string): AssociationType[] {
  return [...typesBetween(from, to), ...account.labels.filter((label) => label.from === from && label.to === to)];
}

export function categoryOf(account: Account, typeId: number): string {
  return account.labels.some((label) => label.typeId === typeId) ? "USER_DEFINED" : "HUBSPOT_DEFINED";
}

function endOf(account: Account, type: string, id: string, otherType: string): Map<string, Set<number>> {
  const byType = getOrMake(account.links, `${type}/${id}`, () => new Map());
  return getOrMake(byType, otherType, () => new Map());
}

/** Everything linked to a record, id -> association type ids. Reading makes nothing. */
export function linksOf(account: Account, type: string, id: string, otherType: string): Map<string, Set<number>> {
  return account.links.get(`${type}/${id}`)?.get(otherType) ?? new Map();
}

/** The types that these specs name, or a refusal when one does not exist between the two. */
export function checkSpecs(account: Account, from: string, to: string, specs: readonly AssociationSpec[]) {
  const known = knownTypes(account, from, to);
  return specs.map((spec) => {
    const type = known.find(({ typeId }) => typeId === spec.associationTypeId);
    if (type === undefined || categoryOf(account, type.typeId) !== spec.associationCategory) {
      throw invalid(
        `Association type ${spec.associationTypeId} (${spec.associationCategory}) is not valid between ${from} and ${to}`,
        { subCategory: "crm.associations.INVALID_ASSOCIATION_TYPE" },
      );
    }
    return type;
  });
}

function associationTypeName(from: string, to: string): string {
  const name = (typeId: string): string => objectTypeOf(typeId)?.singular.toUpperCase() ?? typeId;
  return `${name(from)}_TO_${name(to)}`;
}

function emitLink(account: Account, link: Link, isRemoved: boolean, isPrimary: boolean, source: Source): void {
  const sides = [
    [link.fromType, link.fromId, link.toType, link.toId],
    [link.toType, link.toId, link.fromType, link.fromId],
  ] as const;
  for (const [fromType, fromId, toType, toId] of sides) {
    tell(account, {
      kind: "associationChange",
      typeId: fromType,
      objectId: fromId,
      at: account.now(),
      source,
      extra: {
        associationType: associationTypeName(fromType, toType),
        fromObjectId: Number(fromId),
        toObjectId: Number(toId),
        associationRemoved: isRemoved,
        isPrimaryAssociation: isPrimary,
      },
    });
  }
}

/** Links two records. The labels given replace those the pair had; the unlabelled type stays or comes with them. */
export function link(account: Account, ends: Link, types: readonly AssociationType[], source: Source): void {
  const standard = knownTypes(account, ends.fromType, ends.toType)[0];
  const all = standard === undefined || types.includes(standard) ? [...types] : [...types, standard];
  const there = new Set(all.map(({ typeId }) => typeId));
  const back = new Set(all.map(({ inverseId }) => inverseId));
  endOf(account, ends.fromType, ends.fromId, ends.toType).set(ends.toId, there);
  endOf(account, ends.toType, ends.toId, ends.fromType).set(ends.fromId, back);
  emitLink(
    account,
    ends,
    false,
    all.some(({ label }) => label === "Primary"),
    source,
  );
}

/** Takes the link between two records away, with all its types. */
export function unlink(account: Account, ends: Link, source: Source): void {
  const isGone = linksOf(account, ends.fromType, ends.fromId, ends.toType).delete(ends.toId);
  linksOf(account, ends.toType, ends.toId, ends.fromType).delete(ends.fromId);
  if (isGone) emitLink(account, ends, true, false, source);
}

/** Takes single types away; without the unlabelled one, nothing of the link is left. */
export function unlinkTypes(account: Account, ends: Link, types: readonly AssociationType[], source: Source): void {
  const standard = knownTypes(account, ends.fromType, ends.toType)[0];
  if (types.some(({ typeId }) => typeId === standard?.typeId)) {
    unlink(account, ends, source);
    return;
  }
  const there = linksOf(account, ends.fromType, ends.fromId, ends.toType).get(ends.toId);
  const back = linksOf(account, ends.toType, ends.toId, ends.fromType).get(ends.fromId);
  for (const type of types) {
    there?.delete(type.typeId);
    back?.delete(type.inverseId);
  }
}

/** A record that goes leaves no link behind. */
export function unlinkAll(account: Account, type: string, id: string): void {
  for (const [otherType, others] of account.links.get(`${type}/${id}`) ?? []) {
    for (const otherId of others.keys()) linksOf(account, otherType, otherId, type).delete(id);
  }
  account.links.delete(`${type}/${id}`);
}
