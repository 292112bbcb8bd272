/**
 * Erases a contact (R18): the one verb behind the command, the API and HubSpot's privacy deletion. The log keeps that
 * something happened and what led to what; of whom and with which words is gone, in every table. What remains is a keyed
 * hash of each address, so that no one writes to the person again, and a fact that says so: `contact_erased`.
 *
 * In one transaction with the log's lock, so that it stands in one place of the order: whatever commits later, from work
 * that was under way, is found behind it and erased too (late-rows.ts).
 */

import { parseEmailAddress } from "../base/email-address.ts";
import { MillraceError } from "../base/errors.ts";
import { failpoint } from "../base/failpoint.ts";
import { erasedContact, newContact } from "../contacts/contact.ts";
import { loadContacts, saveContacts } from "../contacts/store.ts";
import { addSuppressions, nameOf, type Suppression, type Suppressions } from "../contacts/suppression.ts";
import { uuidColumn } from "../db/columns.ts";
import type { Database, Queryable, Tx } from "../db/database.ts";
import type { WakeUps } from "../db/wake.ts";
import { append } from "../events/append.ts";
import type { EventDraft } from "../events/draft.ts";
import { referenceOf } from "../events/draft.ts";
import type { Position } from "../events/event.ts";
import { newestPosition } from "../events/log.ts";
import { lockLog } from "../events/log-lock.ts";
import type { ErasureReason } from "../events/mission-events.ts";
import { holdLines } from "../intake/lines.ts";
import { type BegunItem, collectBegun } from "../tasks/begun.ts";
import { collectingSink, type WorkRules } from "../tasks/finish.ts";
import { finishTasks } from "../tasks/queue.ts";
import { askHubspotErasure } from "./ask-hubspot.ts";
import { statisticsAreStale } from "./forget-statistics.ts";
import { countHistory, eraseHistory, type Mentioning } from "./history.ts";
import { countLinkedRows, eraseLinkedHistory, eraseLinkedRows, type Person, type Rows } from "./linked-rows.ts";
import { countTextMatches, eraseTextMatches, findMentioning, namesOfPerson } from "./text-matches.ts";

export interface ErasureParts {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly rules: WorkRules;
  readonly suppressions: Suppressions;
  /** Whether an agent erases HubSpot's record (`hubspot.eraseThere`); else a person is asked to. */
  readonly erasesThere: boolean;
}

export interface ErasureRequest {
  /** The contact's id, or that of one that became part of it. */
  readonly contact: string;
  /** "person:ada", "agent:eraser". */
  readonly actor: string;
  readonly because: ErasureReason;
  readonly now: number;
  /** The task that does it, which is not called off. */
  readonly by?: { readonly task: number; readonly cause: Position; readonly root: Position; readonly depth: number };
}

export interface Erased {
  /** The contact, and those that had become part of it. */
  readonly contacts: readonly string[];
  /** How many rows were emptied or deleted, by table; before it was done, with a dry run. */
  readonly rows: Rows;
  /** It was erased before; what had come in since is gone now too. */
  readonly wasErased: boolean;
  /** HubSpot's records of the person that are still there. */
  readonly inHubspot: readonly string[];
}

/**
 * Erases the contact, with all that became part of it. Doing it twice is harmless.
 * @throws MillraceError not_found when no one has that id; invalid_config without a lasting key (nothing was erased).
 */
export async function eraseContact(parts: ErasureParts, request: ErasureRequest): Promise<Erased> {
  const { db, wakeUps, rules, suppressions } = parts;
  const known = await readPerson(db, request.contact);
  await db.transaction((tx) => suppressions.claimKey(tx));
  const names = await namesOfPerson(db, known);
  // Whole tables are looked through, so this comes before the log is locked; what is appended meanwhile is looked at then.
  const looked = await newestPosition(db);
  const before = await findMentioning(db, names, 0, looked);
  const beside = await db.transaction(async (tx) =>
    [await eraseTextMatches(tx, names, known), await eraseLinkedHistory(tx, known)].reduce(sumOf),
  );
  await rules.taskIds.ensure(db, 1);
  const erased = await db.transaction(async (tx) => {
    await holdLines(tx);
    await lockLog(tx);
    const since = await findMentioning(tx, names, looked, await newestPosition(tx));
    const mentioning = { events: [...before.events, ...since.events], tasks: [...before.tasks, ...since.tasks] };
    const done = await eraseNow(tx, parts, request, mentioning);
    await statisticsAreStale(tx, Object.keys(sumOf(done.rows, beside)));
    await wakeUps.remote(tx, "events");
    await wakeUps.remote(tx, "tasks");
    return done;
  });
  wakeUps.local("events");
  wakeUps.local("tasks");
  failpoint("after-erasure");
  await suppressions.refresh();
  return { ...erased, rows: sumOf(erased.rows, beside) };
}

/** What there is to erase, and nothing done. @throws MillraceError not_found. */
export async function previewErasure(db: Database, contact: string): Promise<Erased> {
  const person = await readPerson(db, contact);
  const names = await namesOfPerson(db, person);
  const until = await newestPosition(db);
  const mentioning = await findMentioning(db, names, 0, until);
  const mentions = await db.transaction((tx) => countTextMatches(tx, names, person));
  const [row] = await db.query<{ tasks: number; contacts: number }>(
    `select (select count(*) from tasks where contact = any($1::uuid[])) as tasks,
            (select count(*) from contacts where id = any($1::uuid[]) and facts->'erasedAt' is null) as contacts`,
    [uuidColumn(person.contacts)],
  );
  const wasErased = (await erasedAmong(db, person.contacts)).length > 0;
  const parts = [
    await countHistory(db, person.contacts, mentioning),
    await countLinkedRows(db, person),
    mentions,
    row ?? {},
  ];
  return { contacts: person.contacts, rows: parts.reduce(sumOf), wasErased, inHubspot: person.hubspotIds };
}

/** Under the log's lock. */
async function eraseNow(tx: Tx, parts: ErasureParts, request: ErasureRequest, mentioning: Mentioning): Promise<Erased> {
  const { suppressions, rules } = parts;
  const person = await readPerson(tx, request.contact);
  const earlier = await erasedAmong(tx, person.contacts);
  const fresh = person.contacts.filter((id) => !earlier.includes(id));
  const tasks = await cancelTasks(tx, person.contacts, request);
  const traces = await eraseLinkedRows(tx, person);
  failpoint("before-erasure-history");
  const history = await eraseHistory(tx, person.contacts, mentioning);
  failpoint("before-erasure-recorded");
  const position = await reportErasure(tx, fresh, request);
  const contacts = await emptyContacts(tx, fresh, position, request.now);
  const inHubspot = request.because === "crm" ? [] : await notErasedThere(tx, person.hubspotIds, suppressions);
  await addSuppressions(tx, hashesOf(person, suppressions), position, request.now);
  const asking = { rules, isAgents: parts.erasesThere, now: request.now };
  await askHubspotErasure(tx, asking, {
    contact: request.contact,
    hubspotIds: inHubspot,
    cause: position,
    ...request.by,
  });
  // Those called off just now are counted as the tasks they were.
  const finished = { single_finished_tasks: (history.single_finished_tasks ?? 0) - tasks };
  const rows = [{ ...history, ...finished }, traces, { tasks, contacts }].reduce(sumOf);
  return { contacts: person.contacts, rows, wasErased: fresh.length === 0, inHubspot };
}

/** Everything that names the person, of all the contacts that are one. */
async function readPerson(db: Queryable, contact: string): Promise<Person> {
  const group = await db.query<{ id: string }>(
    `with who as (select coalesce((select contact from contact_aliases where alias = $1), $1::uuid) as id)
     select id from who where exists (select from contacts c where c.id = who.id)
       or exists (select from single_events e where e.contact = who.id) or exists (select from contact_identities i where i.contact = who.id)
     union select alias from contact_aliases, who where contact = who.id`,
    [contact],
  );
  if (group.length === 0) {
    throw new MillraceError("not_found", {
      saw: `There is no contact ${contact}.`,
      next: "look for it: `millrace contacts show ADDRESS`.",
      field: "id",
    });
  }
  const contacts = group.map(({ id }) => id);
  const names = await db.query<{ kind: string; value: string }>(
    `select kind, value from contact_identities where contact = any($1::uuid[])
     union select 'hubspot', hubspot_id from crm_records where contact = any($1::uuid[]) and hubspot_id is not null
     union select 'email', properties->>'email' from contacts where id = any($1::uuid[]) and properties->>'email' is not null
     union select 'email', recipient from emails where contact = any($1::uuid[]) and recipient <> ''`,
    [uuidColumn(contacts)],
  );
  const addresses = names.flatMap(({ kind, value }) => (kind === "email" ? (parseEmailAddress(value) ?? []) : []));
  const hubspotIds = names.flatMap(({ kind, value }) => (kind === "hubspot" ? value : []));
  return { contacts, addresses: [...new Set(addresses)], hubspotIds: [...new Set(hubspotIds)] };
}

async function erasedAmong(db: Queryable, contacts: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ contact: string }>("select contact from erasures where contact = any($1::uuid[])", [
    uuidColumn(contacts),
  ]);
  return rows.map(({ contact }) => contact);
}

/** A record that was asked for before, or that HubSpot erased itself, is not asked for again. */
async function notErasedThere(tx: Tx, ids: readonly string[], suppressions: Suppressions): Promise<string[]> {
  const names = ids.map((value) => ({ kind: "hubspot", value }));
  const erased = await suppressions.among(tx, names);
  return names.filter((name) => !erased.has(nameOf(name))).map(({ value }) => value);
}

function hashesOf({ addresses, hubspotIds }: Person, suppressions: Suppressions): Suppression[] {
  const names = [
    ...addresses.map((value) => ({ kind: "email", value })),
    ...hubspotIds.map((value) => ({ kind: "hubspot", value })),
  ];
  return names.flatMap((name) => {
    const hash = suppressions.hashOf(name);
    return hash === undefined ? [] : [{ kind: name.kind, hash }];
  });
}

/** Work under way is taken away: what comes of it finds its task gone and is thrown away. */
async function cancelTasks(tx: Tx, contacts: readonly string[], { by, now }: ErasureRequest): Promise<number> {
  const open = await tx.query<BegunItem>(
    `select id, kind, contact, attempt, causes[1] as cause, root, depth, worker as "heldBy", started_at as "startedAt",
            begun_in_log as "isBegunInLog" from tasks where contact = any($1::uuid[]) and id is distinct from $2 order by id for update`,
    [uuidColumn(contacts), by?.task ?? null],
  );
  // That work had begun is history too, and emptied with it.
  const begun: Omit<EventDraft, "reference">[] = [];
  for (const task of open) collectBegun(task, collectingSink(begun));
  await append(tx, begun);
  const rows = open.map(({ id }) => ({ id, state: "CANCELLED", error: "erased", result: undefined }) as const);
  await finishTasks(tx, rows, now);
  return rows.length;
}

/** One fact a contact, the later ones caused by the first. @returns the position of the first; of the newest event when there is none. */
async function reportErasure(tx: Tx, contacts: readonly string[], request: ErasureRequest): Promise<Position> {
  const { actor, because, by, now } = request;
  if (contacts.length === 0) return newestPosition(tx);
  const depth = by === undefined ? 0 : by.depth + 1;
  const first = await append(
    tx,
    contacts.map((contact, i) => ({
      type: "contact_erased",
      contact,
      data: { because },
      occurredAt: now,
      cause: i === 0 ? (by?.cause ?? null) : referenceOf(0),
      root: by?.root ?? referenceOf(0),
      depth: i === 0 ? depth : depth + 1,
      actor,
    })),
  );
  await tx.query(
    `insert into erasures (contact, position, erased_at)
     select contact, $2::bigint + place - 1, $3 from unnest($1::uuid[]) with ordinality as e(contact, place)`,
    [uuidColumn(contacts), first, new Date(now)],
  );
  return first;
}

/** Exactly what folding the log will give from now on. @returns how many had been known. */
async function emptyContacts(tx: Tx, contacts: readonly string[], first: Position, now: number): Promise<number> {
  const known = await loadContacts(tx, contacts);
  const begun = await tx.query<{ contact: string; at: number }>(
    `select distinct on (contact) contact, occurred_at as at from events where contact = any($1::uuid[]) order by contact, position`,
    [uuidColumn(contacts)],
  );
  const births = new Map(begun.map(({ contact, at }) => [contact, at]));
  const rows = contacts.map((id, i) => ({
    contact: erasedContact(known.get(id) ?? newContact(id, births.get(id) ?? now), now),
    position: first + i,
  }));
  await saveContacts(tx, rows);
  return known.size;
}

function sumOf(a: Rows, b: Rows): Rows {
  const all = [...Object.entries(a), ...Object.entries(b)];
  const sum: Record<string, number> = {};
  for (const [table, rows] of all) if (rows > 0) sum[table] = (sum[table] ?? 0) + rows;
  return sum;
}
