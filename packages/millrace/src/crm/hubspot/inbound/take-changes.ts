/**
 * Changes of HubSpot's into the log, each once: one transaction in which they are recognised, put in order, translated
 * and appended, with what was heard by them. Called for webhooks that were kept, the waiting room and polling.
 */
import { nameOf } from "../../../contacts/suppression.ts";
import type { Tx } from "../../../db/database.ts";
import type { Appended } from "../../../events/event.ts";
import { lockLog } from "../../../events/log-lock.ts";
import { appendIncoming } from "../../../intake/ingest.ts";
import { HUBSPOT, noteDeleted, noteRestored } from "../../records.ts";
import { type HubspotChange, sourceOf } from "./change.ts";
import { addChange, type Delivery, type Intake, incomingEventOfLine, type Line, snapshotRows } from "./delivery.ts";
import {
  findTaken,
  letWait,
  loadKnown,
  lockIncoming,
  type SetAside,
  saveSnapshot,
  setAside,
  takeWaitingChanges,
  waitingAmong,
} from "./incoming-rows.ts";
import { followMerges, idsOfMerge, mergeTold } from "./merges.ts";
import { type ResolvedContacts, resolveRemote } from "./resolve-remote.ts";
import { followTasks, type MirroredTasks, readTasks } from "./task-changes.ts";
import { noted, translate } from "./translate.ts";

export interface Incoming {
  readonly changes: readonly HubspotChange[];
  /** What could not be read, to be kept in the same breath. */
  readonly bad?: readonly SetAside[];
  readonly met?: ResolvedContacts;
  /** Contacts whose waiting changes are taken out of the waiting room with this. */
  readonly released?: readonly string[];
}

/** @returns how many events were appended. Everything else is in the log, in the waiting room, or set aside. */
export async function takeChanges(intake: Intake, incoming: Incoming): Promise<number> {
  const appended = await intake.db.transaction((tx) => takeWithin(tx, intake, incoming));
  if (appended > 0) intake.wakeUps.local("events");
  return appended;
}

/**
 * The same inside of the caller's transaction, who wakes the runner after the commit. What is known is read and translated
 * before the log's lock is taken, so that no one waits for it meanwhile; the lock of this room holds still what was heard.
 * Who may bring in new contacts has the log's lock all along: no one else may make the same contact in between.
 */
export async function takeWithin(
  tx: Tx,
  intake: Intake,
  { changes, bad = [], met = new Map(), released = [] }: Incoming,
): Promise<number> {
  await lockIncoming(tx);
  if (met.size + released.length > 0) await lockLog(tx);
  const waited = await takeWaitingChanges(tx, released);
  const fresh = await notTaken(
    tx,
    [...waited, ...changes].filter((change) => !wasLifted(change, met)),
  );
  const tasks = await readTasks(tx, fresh);
  const delivery = await translated(tx, intake, { fresh, bad, met, tasks });
  const now = intake.clock.now();
  await setAside(tx, delivery.bad, now);
  await letWait(tx, delivery.waiting, now);
  if (delivery.lines.length === 0) return 0;
  const appended = await appendIncoming(
    tx,
    intake.wakeUps,
    delivery.lines.map((line) => incomingEventOfLine(line, delivery)),
  );
  await saveSnapshot(tx, snapshotRows(delivery, appended));
  await followTasks(tx, tasks, now);
  await followDeletions(tx, delivery.lines, appended);
  await followMerges(
    tx,
    intake,
    delivery.lines,
    appended.map(({ contact }) => contact),
  );
  return appended.length;
}

/** Does it say of a contact, met now, that it wants no mail, as HubSpot did before a person lifted that here? */
function wasLifted({ object, objectId, property = "", value }: HubspotChange, met: ResolvedContacts): boolean {
  const theirs = object === "contact" ? met.get(objectId) : undefined;
  return typeof theirs === "object" && value === "true" && theirs.lifted?.has(property) === true;
}

interface Fresh {
  readonly fresh: readonly HubspotChange[];
  readonly bad: readonly SetAside[];
  readonly met: ResolvedContacts;
  readonly tasks: MirroredTasks;
}

/** What the changes mean, one after the other. Reads only. */
async function translated(tx: Tx, intake: Intake, { fresh, bad, met, tasks }: Fresh): Promise<Delivery> {
  const aboutContacts = fresh.filter(({ object }) => object === "contact");
  const ids = [...new Set([...aboutContacts.flatMap(idsOfMerge), ...met.keys()])];
  const known = await loadKnown(tx, ids);
  const unknown = ids.filter((id) => !known.has(id));
  const erased = await erasedAmong(tx, intake, unknown);
  const delivery: Delivery = { intake, known, lines: [], waiting: [], bad: [...bad] };
  await resolveRemote(tx, delivery, fresh, new Map([...met].filter(([id]) => !erased.has(id))));
  const strangers = aboutContacts.map(({ objectId }) => objectId).filter((id) => !known.has(id));
  const expected = await waitingAmong(tx, strangers);
  const done = new Set(delivery.lines.map(({ change }) => change));
  for (const change of fresh) {
    if (done.has(change)) continue;
    if (change.object === "contact" && erased.has(change.objectId))
      addChange(delivery, change, noted(change, "erased"));
    else if (change.object === "task") addChange(delivery, change, tasks.tell(change));
    else if (change.object === "contact" && change.kind === "merge")
      addChange(delivery, change, mergeTold(change, delivery));
    else if (change.object === "contact" && !known.has(change.objectId)) meetLater(delivery, change, met, expected);
    else addChange(delivery, change, translate(change, known.get(change.objectId), intake.rules));
  }
  return delivery;
}

/** HubSpot's ids of people who were erased here: nothing of them comes in, whoever they have become there. */
async function erasedAmong(tx: Tx, { suppressions }: Intake, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const names = ids.map((value) => ({ kind: HUBSPOT, value }));
  const erased = await suppressions.among(tx, names);
  return new Set(names.filter((name) => erased.has(nameOf(name))).map(({ value }) => value));
}

/** What HubSpot has no more is not written to any more, until it is there again. */
async function followDeletions(tx: Tx, lines: readonly Line[], appended: readonly Appended[]): Promise<void> {
  for (const [i, { event, change }] of lines.entries()) {
    const contact = appended[i]?.contact ?? null;
    if (contact === null || change === undefined) continue;
    const record = { contact, hubspotId: change.objectId };
    if (event.type === "contact_restored") await noteRestored(tx, record);
    if (event.type === "contact_deleted" || event.type === "privacy_deletion_requested")
      await noteDeleted(tx, [record], change.occurredAt);
  }
}

/** Each change once, those in the log left out, in the order in which they happened. */
async function notTaken(tx: Tx, changes: readonly HubspotChange[]): Promise<HubspotChange[]> {
  const seen = new Set(
    await findTaken(
      tx,
      changes.map((change) => ({ source: sourceOf(change), key: change.key })),
    ),
  );
  const fresh = changes.filter((change) => {
    const name = `${sourceOf(change)}\n${change.key}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
  // A creation, or a return, comes before what was set at the same moment.
  const rank = ({ kind }: HubspotChange) => (kind === "creation" || kind === "restore" ? 0 : 1);
  return fresh.toSorted((a, b) => a.occurredAt - b.occurredAt || rank(a) - rank(b));
}

/** No one here knows the contact: it waits until HubSpot was asked, unless there is nothing to ask any more. */
function meetLater(delivery: Delivery, change: HubspotChange, met: ResolvedContacts, expected: Set<string>): void {
  const answer = met.get(change.objectId);
  const isNews = change.kind === "creation" || change.kind === "propertyChange";
  if (answer === undefined && (isNews || expected.has(change.objectId))) {
    expected.add(change.objectId);
    delivery.waiting.push(change);
    return;
  }
  if (answer !== "unanswered" || !isNews) {
    addChange(delivery, change, noted(change, "not ours"));
    return;
  }
  // Better under HubSpot's id alone than not at all.
  const stranger = { contact: "", hubspotId: change.objectId, position: 0, properties: {}, isOptedOut: false };
  delivery.known.set(change.objectId, { ...stranger, deletedAt: null, written: {}, heard: {} });
  addChange(delivery, change, translate(change, delivery.known.get(change.objectId), delivery.intake.rules));
}
