/**
 * Contacts that turn out to be one, because HubSpot merged them or gives one of them the address of another. The one that
 * stays answers to all names from then on, takes over what it lacks, and an opt-out of either is an opt-out of it; the
 * people's tasks of the other move to it, everything else that was under way for the other ends. Nothing in the log
 * changes: both histories stay, the alias leads from one to the other. Called by take-changes.ts in its transaction.
 */
import { MillraceError } from "../../../base/errors.ts";
import type { Contact } from "../../../contacts/contact.ts";
import { loadContactsAsTold } from "../../../contacts/store.ts";
import { textColumn } from "../../../db/columns.ts";
import type { Tx } from "../../../db/database.ts";
import { actorOf } from "../../../events/actor.ts";
import type { PropertyValue } from "../../../events/define-event.ts";
import type { IncomingEvent } from "../../../intake/incoming-event.ts";
import { appendIncoming } from "../../../intake/ingest.ts";
import { cancelByPerson } from "../../../tasks/people.ts";
import { textOf } from "../outbound/contact-mapping.ts";
import { type HubspotChange, sourceOf } from "./change.ts";
import type { Delivery, Intake, Line } from "./delivery.ts";
import { noted, type Translation } from "./translate.ts";

/** HubSpot's ids a merge is about, the one that stays first. */
export function idsOfMerge({ objectId, merged = [], into }: HubspotChange): string[] {
  return [...new Set([...(into === undefined ? [] : [into]), objectId, ...merged])];
}

/** The event of a merge: about the contact that stays, as far as we know one of them. */
export function mergeTold(change: HubspotChange, { known }: Delivery): Translation {
  const [into = change.objectId, ...from] = idsOfMerge(change);
  const stays = idsOfMerge(change).find((id) => known.has(id) && known.get(id)?.contact !== "");
  if (stays === undefined) return noted(change, "not ours");
  const contact = { externalIds: { hubspot: stays } };
  return { type: "contact_merged", data: { system: "hubspot", from, into }, contact, actor: "hubspot" };
}

/** Does what HubSpot says of merges and of new addresses. */
export async function followMerges(
  tx: Tx,
  intake: Intake,
  lines: readonly Line[],
  contacts: readonly (string | null)[],
) {
  for (const [i, { event, change }] of lines.entries()) {
    const survivor = contacts[i];
    if (survivor === null || survivor === undefined) continue;
    if (event.type === "contact_merged" && change !== undefined) {
      await renameAll(tx, idsOfMerge(change), survivor, intake, change);
    } else if (event.type === "contact_updated" && event.contact?.email !== undefined && change !== undefined) {
      const loser = await holderOf(tx, event.contact.email, survivor);
      if (loser !== undefined) await become(tx, intake, { loser, survivor, change });
    }
  }
}

async function renameAll(tx: Tx, ids: readonly string[], survivor: string, intake: Intake, change: HubspotChange) {
  const losers = await tx.query<{ contact: string }>(
    "select distinct contact from contact_identities where kind = 'hubspot' and value = any($1::text[]) and contact <> $2",
    [textColumn(ids), survivor],
    "merged_contacts",
  );
  for (const { contact } of losers) await become(tx, intake, { loser: contact, survivor, change });
  await tx.query(
    `insert into contact_identities (kind, value, contact) select 'hubspot', n, $2 from unnest($1::text[]) as n order by n
     on conflict (kind, value) do update set contact = excluded.contact`,
    [textColumn(ids), survivor],
    "name_merged",
  );
}

/** Who else has the address, unless HubSpot keeps them as another contact. */
async function holderOf(tx: Tx, email: string, survivor: string): Promise<string | undefined> {
  const [row] = await tx.query<{ contact: string }>(
    `select contact from contact_identities i where kind = 'email' and value = $1 and contact <> $2
       and not exists (select from contact_identities h where h.contact = i.contact and h.kind = 'hubspot')`,
    [email, survivor],
    "other_holder",
  );
  return row?.contact;
}

interface Merging {
  readonly loser: string;
  readonly survivor: string;
  readonly change: HubspotChange;
}

/** One contact becomes part of another. */
async function become(tx: Tx, intake: Intake, merging: Merging): Promise<void> {
  const { loser, survivor } = merging;
  const both = await loadContactsAsTold(tx, [loser, survivor]);
  await moveTasks(tx, merging, intake.clock.now());
  await tx.query("delete from scheduled_events where contact = $1", [loser], "end_timers_of_merged");
  await tx.query("update contact_identities set contact = $2 where contact = $1", [loser, survivor], "move_names");
  await tx.query("delete from crm_records where contact = $1", [loser], "forget_merged_record");
  await tx.query("update contact_aliases set contact = $2 where contact = $1", [loser, survivor], "move_aliases");
  await tx.query(
    "insert into contact_aliases (alias, contact) values ($1, $2) on conflict (alias) do update set contact = excluded.contact",
    [loser, survivor],
    "add_alias",
  );
  await appendIncoming(tx, intake.wakeUps, eventsOf(merging, both.get(loser), both.get(survivor)));
}

/** What the log says of it: the one is part of the other, which takes over what it lacks or what an agent only guessed. */
function eventsOf({ loser, survivor, change }: Merging, lost?: Contact, kept?: Contact): IncomingEvent[] {
  const common = { source: sourceOf(change), id: null, occurredAt: change.occurredAt, actor: "hubspot" };
  const [into = change.objectId, ...from] = idsOfMerge(change);
  const data = JSON.stringify({ system: "hubspot", from, into, contact: survivor });
  const events: IncomingEvent[] = [{ ...common, type: "contact_merged", data, contact: { id: loser } }];
  const changes: Record<string, { from: PropertyValue; to: PropertyValue }> = {};
  for (const [name, to] of Object.entries(lost?.properties ?? {})) {
    const has = kept?.properties[name] ?? null;
    const isFoundOnly = kept?.facts.sources?.[name] !== undefined && lost?.facts.sources?.[name] === undefined;
    if (name === "email" || textOf(to) === "" || (textOf(has) !== "" && !isFoundOnly)) continue;
    changes[name] = { from: has, to };
  }
  if (Object.keys(changes).length > 0) {
    events.push({ ...common, type: "contact_updated", data: JSON.stringify({ changes }), contact: { id: survivor } });
  }
  if (lost?.facts.optedOut !== undefined && kept?.facts.optedOut === undefined) {
    const data = JSON.stringify({ by: lost.facts.optedOut.by });
    events.push({ ...common, type: "opted_out", data, contact: { id: survivor } });
  }
  return events;
}

/** What a person has to do stays to be done, for the contact that stays; what an agent would do for the other does not. */
async function moveTasks(tx: Tx, { loser, survivor }: Merging, now: number): Promise<void> {
  await tx.query(
    `update tasks t set contact = $2 where t.contact = $1 and t.state = 'WAITING' and t.not_before is null
       and not exists (select from tasks o where o.contact = $2 and o.merge_key = t.merge_key)`,
    [loser, survivor],
    "move_tasks",
  );
  const left = await tx.query<{ id: number }>(
    "select id from tasks where contact = $1 and state <> 'IN_PROGRESS' order by id",
    [loser],
    "tasks_of_merged",
  );
  for (const { id } of left) {
    await cancelByPerson(tx, id, actorOf("hubspot"), "the contact became part of another", now).catch(
      (error: unknown) => {
        if (!(error instanceof MillraceError)) throw error;
      },
    );
  }
}
