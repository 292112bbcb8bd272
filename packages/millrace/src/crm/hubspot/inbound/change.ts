/**
 * One thing HubSpot tells of, read from its JSON and checked, and the key by which it is recognised when it comes again.
 * Pure. HubSpot's `eventId` is not unique, and its journal tells the same change without one: the key is what happened to
 * whom and when, down to the content.
 */
import { createHash } from "node:crypto";
import { z } from "zod";

export type ChangeKind =
  | "creation"
  | "deletion"
  | "privacyDeletion"
  | "merge"
  | "restore"
  | "propertyChange"
  | "associationChange";

export interface HubspotChange {
  /** As HubSpot calls it: "contact.propertyChange". */
  readonly type: string;
  readonly kind: ChangeKind;
  readonly object: "contact" | "task" | "other";
  readonly portalId: string;
  readonly objectId: string;
  readonly property?: string;
  readonly value?: string;
  /** HubSpot's clock, milliseconds. */
  readonly occurredAt: number;
  /** Who changed it: CRM_UI, INTEGRATION … */
  readonly changeSource: string;
  readonly sourceId: string;
  readonly appId: string;
  /** Of a merge: the records that are gone, and the one that stays. */
  readonly merged?: readonly string[];
  readonly into?: string;
  /** With `sourceOf(change)`: the same for every delivery of it. */
  readonly key: string;
}

/** A moment later than this from now would make everything that follows look old. */
const FURTHEST_AHEAD_MS = 3_600_000;
const MAX_VALUE_LENGTH = 10_000;

const id = z.union([z.int().nonnegative().transform(String), z.string().regex(/^\d{1,19}$/, "is not an id")]);
const moment = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^\d{1,15}$/, "is not a moment")
    .transform(Number),
]);
const word = z.union([z.string(), z.number().transform(String)]);
const schema = z.looseObject({
  subscriptionType: z.string().max(100).optional(),
  eventType: z.string().max(100).optional(),
  portalId: id,
  appId: id.optional(),
  objectId: id.optional(),
  objectTypeId: word.optional(),
  objectType: word.optional(),
  occurredAt: moment,
  propertyName: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, "is not a property name")
    .optional(),
  propertyValue: z.union([z.string().max(MAX_VALUE_LENGTH), z.number(), z.boolean(), z.null()]).optional(),
  changeSource: z.string().max(100).nullish(),
  sourceId: word.nullish(),
  primaryObjectId: id.optional(),
  newObjectId: id.optional(),
  mergedObjectIds: z.array(id).max(100).optional(),
});

const KINDS: ReadonlySet<string> = new Set<ChangeKind>([
  "creation",
  "deletion",
  "privacyDeletion",
  "merge",
  "restore",
  "propertyChange",
  "associationChange",
]);

/** @throws Error with a sentence that says what cannot be taken. */
export function readChange(raw: unknown, now: number): HubspotChange {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join(".") || "event"}: ${issue?.message}`);
  }
  const given = parsed.data;
  const type = given.subscriptionType ?? given.eventType ?? "";
  const [subject = "", kind = ""] = type.split(".");
  if (!/^[a-z_]+\.[a-zA-Z]+$/.test(type) || !KINDS.has(kind)) throw new Error(`unknown subscriptionType "${type}"`);
  const objectId = given.objectId ?? given.newObjectId ?? given.primaryObjectId;
  if (objectId === undefined || objectId === "0") throw new Error("objectId is missing");
  if (given.occurredAt > now + FURTHEST_AHEAD_MS) throw new Error("occurredAt is in the future");
  if (kind === "propertyChange" && given.propertyName === undefined) throw new Error("propertyName is missing");
  const value = given.propertyValue === undefined || given.propertyValue === null ? "" : String(given.propertyValue);
  if (value.includes("\u0000") || !value.isWellFormed()) throw new Error("propertyValue holds what is no text");
  const object = objectOf(subject, given.objectTypeId ?? given.objectType ?? "");
  return {
    type,
    kind: kind as ChangeKind,
    object,
    portalId: given.portalId,
    objectId,
    ...(kind === "propertyChange" ? { property: given.propertyName, value } : {}),
    occurredAt: given.occurredAt,
    changeSource: given.changeSource ?? "",
    sourceId: given.sourceId ?? "",
    appId: given.appId ?? "",
    ...(kind === "merge"
      ? { merged: given.mergedObjectIds ?? [], into: given.newObjectId ?? given.primaryObjectId ?? objectId }
      : {}),
    key: [
      type,
      objectId,
      given.propertyName ?? "",
      given.occurredAt,
      contentOf({ ...given, propertyValue: value }),
    ].join(":"),
  };
}

/** Another value of the same property, as a webhook would have brought it: with the same key, so that it counts once when it comes after all. */
export function propertyChangeOf(
  like: HubspotChange,
  { value, ...entry }: Pick<HubspotChange, "occurredAt" | "changeSource" | "sourceId"> & { readonly value: string },
): HubspotChange {
  const { type, objectId, property = "" } = like;
  const key = [type, objectId, property, entry.occurredAt, contentOf({ propertyValue: value })].join(":");
  return { ...like, ...entry, value, key };
}

/** With the key, names a change in the log. */
export function sourceOf({ portalId }: Pick<HubspotChange, "portalId">): string {
  return `hubspot:${portalId}`;
}

/** What makes two of the same moment two changes. */
const CONTENT = [
  "propertyValue",
  "newObjectId",
  "mergedObjectIds",
  "associationType",
  "associationRemoved",
  "fromObjectId",
  "toObjectId",
] as const;

function contentOf(given: Record<string, unknown>): string {
  const content = CONTENT.map((name) => given[name] ?? null);
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, 22);
}

function objectOf(subject: string, objectType: string): HubspotChange["object"] {
  const name = subject === "object" ? objectType.toLowerCase() : subject;
  if (name === "contact" || name === "0-1") return "contact";
  return name === "task" || name === "0-27" ? "task" : "other";
}
