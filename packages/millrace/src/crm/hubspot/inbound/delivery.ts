/** One transaction's worth of changes while they are being translated: what is known so far, and the events to be. Used by take-changes.ts. */
import type { Clock } from "../../../base/clock.ts";
import { messageOf } from "../../../base/errors.ts";
import type { Suppressions } from "../../../contacts/suppression.ts";
import type { Database } from "../../../db/database.ts";
import type { WakeUps } from "../../../db/wake.ts";
import type { EventCatalogue } from "../../../events/catalogue.ts";
import type { Appended, ContactReference, Json } from "../../../events/event.ts";
import { type IncomingEvent, incomingEventOf } from "../../../intake/incoming-event.ts";
import { type HubspotChange, sourceOf } from "./change.ts";
import type { SetAside, SnapshotRow } from "./incoming-rows.ts";
import type { KnownContact, RemoteValue, Translation, TranslationRules } from "./translate.ts";

export interface Intake {
  readonly db: Database;
  readonly wakeUps: WakeUps;
  readonly catalogue: EventCatalogue;
  readonly clock: Clock;
  readonly rules: TranslationRules;
  /** Who was erased here is not taken in again, however often HubSpot tells of them. */
  readonly suppressions: Suppressions;
}

/** An event about to be appended. */
export interface Line {
  readonly event: Translation;
  readonly source: string;
  /** Null: made up here, of something no one sends twice. */
  readonly key: string | null;
  readonly occurredAt: number;
  readonly change?: HubspotChange;
  /** HubSpot's id of the contact. */
  readonly hubspotId?: string;
  /** HubSpot's names of the properties heard by it. */
  readonly heard: readonly string[];
  /** It, checked by the catalogue. */
  readonly arrival?: IncomingEvent;
}

export interface Delivery {
  readonly intake: Intake;
  /** By HubSpot's id, with what this very delivery has brought already. */
  readonly known: Map<string, KnownContact>;
  readonly lines: Line[];
  readonly waiting: HubspotChange[];
  readonly bad: SetAside[];
}

/** In place of the position of an event that has none yet. */
export const PENDING = Number.MAX_SAFE_INTEGER;

/** Adds the event of a change; one the catalogue refuses is set aside. */
export function addChange(delivery: Delivery, change: HubspotChange, event: Translation): void {
  const { known, lines, bad } = delivery;
  const before = change.object === "contact" ? known.get(change.objectId) : undefined;
  const line = {
    event,
    source: sourceOf(change),
    key: change.key,
    occurredAt: change.occurredAt,
    change,
    heard: event.heard === undefined ? [] : [event.heard.name],
    ...(before === undefined ? {} : { hubspotId: change.objectId }),
  };
  const together = inOneEvent(lines.at(-1), line);
  try {
    const arrival = incomingEventOfLine(together ?? line, delivery);
    lines.splice(together === undefined ? lines.length : -1, 1, { ...(together ?? line), arrival });
  } catch (error) {
    bad.push({ error: messageOf(error), raw: JSON.stringify(change) });
    return;
  }
  if (before !== undefined && event.type === "contact_deleted")
    known.set(change.objectId, { ...before, deletedAt: change.occurredAt });
  if (before !== undefined && event.type === "contact_restored")
    known.set(change.objectId, { ...before, deletedAt: null });
  if (before === undefined || event.heard === undefined) return;
  const { name, value, at, isTaken } = event.heard;
  const last = before.heard[name];
  // What was only noted does not wait to be folded, unless it says again what does.
  const position = isTaken ? PENDING : last?.value === value ? last.position : 0;
  known.set(change.objectId, {
    ...before,
    isOptedOut: before.isOptedOut || event.type === "opted_out",
    heard: { ...before.heard, [name]: { value, at, position } },
  });
}

/** One event may hold so many; the catalogue's text of a value has its own limit. */
const MAX_TOGETHER = 50;

/**
 * What changes nothing here is one event for a record, not one for each of its properties: a fifth of a log was echoes.
 * Sent again, those behind the first are recognised by what was heard of them.
 */
function inOneEvent(before: Line | undefined, line: Line): Line | undefined {
  const change = line.change;
  if (before?.change === undefined || change?.property === undefined) return undefined;
  const isSame =
    before.event.type === "crm_change_noted" &&
    line.event.type === "crm_change_noted" &&
    before.event.actor === line.event.actor &&
    before.change.property !== undefined &&
    before.change.objectId === change.objectId &&
    before.change.object === change.object &&
    before.change.portalId === change.portalId;
  const [one, two] = [before.event.data as unknown as Noted, line.event.data as unknown as Noted];
  if (!isSame || one.because !== two.because) return undefined;
  const properties = { ...valuesOf(one), ...valuesOf(two) };
  const size = Object.keys(properties).length;
  if (size > MAX_TOGETHER || size === Object.keys(valuesOf(one)).length) return undefined;
  const { property: _, value: __, ...data } = one;
  const { arrival: ___, ...first } = before;
  const event = { ...before.event, data: { ...data, properties } as unknown as Json };
  return { ...first, event, heard: [...before.heard, ...line.heard] };
}

/** The data of a `crm_change_noted`. */
interface Noted {
  readonly because: string;
  readonly property?: string;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, string>>;
}

function valuesOf({ property, value, properties }: Noted): Readonly<Record<string, string>> {
  return properties ?? (property === undefined ? {} : { [property]: value ?? "" });
}

export function incomingEventOfLine(line: Line, { intake: { catalogue, clock }, known }: Delivery): IncomingEvent {
  if (line.arrival !== undefined) return line.arrival;
  const { event, source, key, occurredAt, hubspotId = "" } = line;
  const { type, data, actor } = event;
  const contact = namedByUs(event.contact, known.get(hubspotId));
  const given = { type, data, contact, actor, source, occurredAt, ...(key === null ? {} : { id: key }) };
  return incomingEventOf(given, catalogue, clock.now());
}

/** HubSpot's id of a contact has been looked up already: named by ours, no one looks again. */
function namedByUs(contact: ContactReference | undefined, known: KnownContact | undefined) {
  const isOurs = known !== undefined && known.contact !== "" && contact?.externalIds?.hubspot === known.hubspotId;
  return isOurs && contact?.email === undefined ? { id: known.contact } : contact;
}

/** What was heard, with the positions of the events that carried it. */
export function snapshotRows({ lines, known }: Delivery, appended: readonly Appended[]): SnapshotRow[] {
  const rows = new Map<
    string,
    { contact: string; heard: Record<string, RemoteValue>; theirs: Record<string, RemoteValue> }
  >();
  lines.forEach(({ hubspotId, heard, event }, i) => {
    const { position = 0, contact = null } = appended[i] ?? {};
    if (hubspotId === undefined || contact === null) return;
    const row = rows.get(hubspotId) ?? { contact, heard: {}, theirs: {} };
    rows.set(hubspotId, row);
    for (const name of heard) {
      const newest = known.get(hubspotId)?.heard[name];
      if (newest === undefined) continue;
      const isTaken = event.type !== "crm_change_noted";
      const before = row.heard[name]?.position ?? 0;
      const settled = newest.position === PENDING ? (isTaken ? position : before) : newest.position;
      row.heard[name] = { ...newest, position: settled };
      // An echo says what is recorded already, perhaps late.
      if (event.actor !== "hubspot:echo") row.theirs[name] = { ...newest, position: isTaken ? settled : 0 };
    }
  });
  return [...rows].map(([hubspotId, row]) => ({ hubspotId, ...row }));
}
