/**
 * An opt-out that a person lifted here is still shown by HubSpot: "no e-mail at all" cannot be taken back by its API. A poll that
 * sees the flag counts only where HubSpot's history says that it was set after the lift, and so does a first meeting with a contact
 * who is known here by an address. Used by poll.ts, newcomers.ts and import-contacts.ts.
 */
import { textColumn, uuidColumn } from "../../../db/columns.ts";
import type { Queryable } from "../../../db/database.ts";
import type { HubspotApi } from "../client/client.ts";
import type { HubspotChange } from "./change.ts";
import { loadOthers } from "./incoming-rows.ts";
import { type TheirContact, wantsNoMail } from "./newcomer.ts";
import { readHistory } from "./property-history.ts";
import type { TranslationRules } from "./translate.ts";

/**
 * @returns the changes without the flags that were set before the opt-out was lifted here.
 * @throws MillraceError hubspot_failed when HubSpot does not give the history: neither the lift nor a new opt-out is guessed.
 */
export async function withoutLifted(
  { db, rules }: { readonly db: Queryable; readonly rules: TranslationRules },
  api: HubspotApi,
  changes: readonly HubspotChange[],
): Promise<readonly HubspotChange[]> {
  const flags = changes.filter(({ property = "", value }) => rules.optOuts.has(property) && value === "true");
  const lifted = await liftsOf(db, [...new Set(flags.map(({ objectId }) => objectId))]);
  if (lifted.size === 0) return changes;
  const setAt = await lastSet(api, [...lifted.keys()], [...rules.optOuts]);
  return changes.filter((change) => {
    const liftedAt = flags.includes(change) ? lifted.get(change.objectId) : undefined;
    return liftedAt === undefined || (setAt.get(`${change.objectId}:${change.property}`) ?? 0) > liftedAt;
  });
}

/**
 * Contacts of HubSpot's that are met, without the flags that were set before an opt-out was lifted here.
 * @throws MillraceError hubspot_failed, as above.
 */
export async function metWithoutLifted<Theirs extends TheirContact>(
  { db, rules }: { readonly db: Queryable; readonly rules: TranslationRules },
  api: HubspotApi,
  met: readonly Theirs[],
): Promise<readonly Theirs[]> {
  const flagged = met.filter((theirs) => wantsNoMail(theirs, rules));
  if (flagged.length === 0) return met;
  const lifted = await liftsOfOthers(db, await loadOthers(db, flagged));
  if (lifted.size === 0) return met;
  const setAt = await lastSet(api, [...lifted.keys()], [...rules.optOuts]);
  return met.map((theirs) => {
    const liftedAt = lifted.get(theirs.id);
    if (liftedAt === undefined) return theirs;
    const isOld = (name: string) => (setAt.get(`${theirs.id}:${name}`) ?? 0) <= liftedAt;
    const old = new Set([...rules.optOuts].filter((name) => theirs.properties[name] === "true" && isOld(name)));
    const properties = { ...theirs.properties, ...Object.fromEntries([...old].map((name) => [name, "false"])) };
    return { ...theirs, properties, lifted: old };
  });
}

/** @param others who of ours they are, by HubSpot's id. @returns when an opt-out of theirs was lifted, by HubSpot's id. */
async function liftsOfOthers(
  db: Queryable,
  others: ReadonlyMap<string, { readonly contact: string }>,
): Promise<ReadonlyMap<string, number>> {
  if (others.size === 0) return new Map();
  const rows = await db.query<{ contact: string; at: number }>(
    `select id as contact, (facts->>'optOutLiftedAt')::float8 as at from contacts
      where id = any($1::uuid[]) and facts->'optOutLiftedAt' is not null`,
    [uuidColumn([...others.values()].map(({ contact }) => contact))],
    "lifted_opt_outs_of_contacts",
  );
  const at = new Map(rows.map((row) => [row.contact, row.at]));
  return new Map(
    [...others].flatMap(([id, { contact }]) => (at.has(contact) ? [[id, at.get(contact) ?? 0] as const] : [])),
  );
}

async function liftsOf(db: Queryable, hubspotIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (hubspotIds.length === 0) return new Map();
  const rows = await db.query<{ id: string; at: number }>(
    `select i.value as id, (c.facts->>'optOutLiftedAt')::float8 as at
       from contact_identities i join contacts c on c.id = i.contact
      where i.kind = 'hubspot' and i.value = any($1::text[]) and c.facts->'optOutLiftedAt' is not null`,
    [textColumn(hubspotIds)],
    "lifted_opt_outs",
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}

/** When each property of each record became "true" last, by "id:property". */
async function lastSet(
  api: HubspotApi,
  ids: readonly string[],
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for await (const { id, entries } of readHistory(api, ids, () => names)) {
    for (const [name, values] of Object.entries(entries)) {
      // HubSpot writes an entry again with the same value when another source confirms it: the first of a run is when it was set.
      const oldestFirst = values.toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
      const begun = oldestFirst.findLast(({ value }, at) => value === "true" && oldestFirst[at - 1]?.value !== "true");
      if (begun !== undefined) found.set(`${id}:${name}`, Date.parse(begun.timestamp));
    }
  }
  return found;
}
