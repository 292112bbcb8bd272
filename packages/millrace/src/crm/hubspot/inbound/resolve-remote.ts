/**
 * Contacts HubSpot sent become known here: by an address or our own id when they are ours already, as new ones
 * otherwise. So one person never becomes two because two systems met them. Called by take-changes.ts.
 */
import type { Tx } from "../../../db/database.ts";
import { type HubspotChange, sourceOf } from "./change.ts";
import { type Delivery, PENDING } from "./delivery.ts";
import { loadOthers } from "./incoming-rows.ts";
import { created, recognised, type TheirContact, valuesOfTheirs, wantsNoMail } from "./newcomer.ts";
import type { KnownContact, Translation } from "./translate.ts";

/** What HubSpot says of an id: the contact, that there is none, or nothing for so long that no one waits any more. */
export type ResolvedContacts = ReadonlyMap<string, TheirContact | "gone" | "unanswered">;

export async function resolveRemote(
  tx: Tx,
  delivery: Delivery,
  fresh: readonly HubspotChange[],
  met: ResolvedContacts,
): Promise<void> {
  const strangers = [...met.values()]
    .filter((one): one is TheirContact => typeof one === "object")
    .filter(({ id }) => !delivery.known.has(id));
  const others = await loadOthers(tx, strangers);
  for (const theirs of strangers) {
    const own = fresh.filter(({ objectId, object }) => object === "contact" && objectId === theirs.id);
    introduceOne(delivery, theirs, others.get(theirs.id), own);
  }
}

/** @param own the changes that wait for it, in order. */
function introduceOne(
  delivery: Delivery,
  theirs: TheirContact,
  other: KnownContact | undefined,
  own: readonly HubspotChange[],
): void {
  const { rules } = delivery.intake;
  const occurredAt = own[0]?.occurredAt ?? theirs.updatedAt;
  const event = other === undefined ? created(theirs, rules, "hubspot") : recognised(theirs, other, rules);
  const creation = other === undefined ? own.find(({ kind }) => kind === "creation") : undefined;
  const values = valuesOfTheirs(theirs, rules);
  delivery.lines.push({
    event,
    occurredAt,
    hubspotId: theirs.id,
    heard: [...values.keys()],
    ...(creation === undefined
      ? { source: "hubspot", key: null }
      : { source: sourceOf(creation), key: creation.key, change: creation }),
  });
  const taken = takenNames(event);
  const heard = Object.fromEntries(
    [...values].map(([name, value]) => {
      const isTaken = taken === "all" || taken.has(rules.ours[name] ?? name);
      return [name, { value, at: occurredAt, position: isTaken ? PENDING : 0 }];
    }),
  );
  const isOptingOut = wantsNoMail(theirs, rules) && other?.isOptedOut !== true;
  delivery.known.set(theirs.id, {
    ...(other ?? { contact: "", position: 0, properties: {}, written: {} }),
    hubspotId: theirs.id,
    deletedAt: null,
    isOptedOut: isOptingOut || other?.isOptedOut === true,
    heard,
  });
  if (isOptingOut) delivery.lines.push({ ...optedOut(theirs.id), occurredAt });
}

function takenNames({ type, data }: Translation): "all" | ReadonlySet<string> {
  if (type === "contact_created") return "all";
  return new Set(Object.keys((data as { changes?: object }).changes ?? {}));
}

/** Someone who wanted no mail before we met them. */
export function optedOut(hubspotId: string) {
  const contact = { externalIds: { hubspot: hubspotId } };
  const event: Translation = { type: "opted_out", data: { ...contact, by: "hubspot" }, contact, actor: "hubspot" };
  return { event, source: "hubspot", key: null, hubspotId, heard: [] };
}
