/** What an app wants to hear of, and which event a change makes for it. Pure apart from the list it keeps. */
import { z } from "zod";
import type { Account, Change } from "../account/account.ts";
import { objectTypeOf } from "../account/object-types.ts";
import { invalid } from "../http/api-error.ts";

const CLASSIC = ["contact", "company", "deal", "ticket", "product", "line_item"] as const;
const KINDS = ["creation", "deletion", "merge", "propertyChange", "restore", "associationChange"] as const;
const EVENT_TYPES = new Set<string>([
  ...[...CLASSIC, "object"].flatMap((name) => KINDS.map((kind) => `${name}.${kind}`)),
  "contact.privacyDeletion",
]);

/** Values HubSpot recounts so often that it reports them to no one. */
const SILENT = new Set(["num_unique_conversion_events", "hs_lastmodifieddate", "lastmodifieddate"]);

export const subscriptionSchema = z.object({
  eventType: z.string(),
  propertyName: z.string().nullish(),
  /** For `object.*`: id or name. */
  objectTypeId: z.string().nullish(),
  active: z.boolean().nullish(),
});

export type Subscription = {
  id: number;
  eventType: string;
  propertyName?: string;
  objectTypeId?: string;
  active: boolean;
  createdAt: number;
  updatedAt: number;
};

export function newSubscription(id: number, now: number, given: z.infer<typeof subscriptionSchema>): Subscription {
  const { eventType, propertyName, objectTypeId } = given;
  if (!EVENT_TYPES.has(eventType)) throw invalid(`Invalid eventType: ${eventType}`);
  if (eventType.endsWith(".propertyChange") && !propertyName) throw invalid("propertyName is required");
  const type = objectTypeId ? objectTypeOf(objectTypeId) : undefined;
  if (eventType.startsWith("object.") && type === undefined) throw invalid("objectTypeId is required");
  return {
    id,
    eventType,
    ...(propertyName ? { propertyName } : {}),
    ...(type === undefined ? {} : { objectTypeId: type.typeId }),
    active: given.active ?? false,
    createdAt: now,
    updatedAt: now,
  };
}

/** The names a change goes by: its classic one and the generic one. Asked for every change, so nothing is split here. */
function wants(subscription: Subscription, change: Change, classic: string, generic: string): boolean {
  const { eventType, active, objectTypeId, propertyName } = subscription;
  if (!active || (eventType !== classic && eventType !== generic)) return false;
  if (eventType === generic && objectTypeId !== change.typeId) return false;
  return change.kind !== "propertyChange" || propertyName === change.propertyName;
}

export type WebhookEvent = Record<string, unknown> & { eventId: number; occurredAt: number };

const FLAGS: Partial<Record<Change["kind"], string>> = { creation: "NEW", deletion: "DELETED", restore: "RESTORED" };

/** One event for each subscription that wants the change. */
export function eventsFor(
  account: Account,
  subscriptions: readonly Subscription[],
  change: Change,
  newEventId: () => number,
): WebhookEvent[] {
  if (change.propertyName !== undefined && SILENT.has(change.propertyName)) return [];
  const classic = `${objectTypeOf(change.typeId)?.singular}.${change.kind}`;
  const generic = `object.${change.kind}`;
  return subscriptions
    .filter((subscription) => wants(subscription, change, classic, generic))
    .map((subscription) => ({
      eventId: newEventId(),
      subscriptionId: subscription.id,
      portalId: account.portalId,
      appId: account.appId,
      occurredAt: change.at,
      subscriptionType: subscription.eventType,
      attemptNumber: 0,
      objectId: Number(change.objectId),
      ...(subscription.eventType.startsWith("object.") ? { objectTypeId: change.typeId } : {}),
      ...(change.propertyName === undefined
        ? {}
        : { propertyName: change.propertyName, propertyValue: change.propertyValue ?? "" }),
      ...(FLAGS[change.kind] === undefined ? {} : { changeFlag: FLAGS[change.kind] }),
      changeSource: change.source.changeSource,
      sourceId: change.source.sourceId,
      ...change.extra,
    }));
}
