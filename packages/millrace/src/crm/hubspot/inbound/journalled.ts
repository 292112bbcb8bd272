/**
 * What a file of the webhooks journal tells, said as a webhook would: the same change has the same key by either way, so
 * it counts once. Pure. Called by journal.ts. The journal does not tell who changed something.
 */
import { z } from "zod";

export interface Journalled {
  /** As webhooks have them, at most a hundred changes each. */
  readonly bodies: readonly Buffer[];
  /** HubSpot's clock; 0 when the file does not say. */
  readonly publishedAt: number;
}

const fileSchema = z.looseObject({ journalEvents: z.array(z.unknown()), publishedAt: z.string().optional() });
const id = z.union([z.string(), z.number()]);
const eventSchema = z.looseObject({
  portalId: id,
  action: z.string(),
  occurredAt: z.string(),
  objectTypeId: z.string(),
  objectId: id,
  propertyChanges: z.record(z.string(), z.unknown()).nullish(),
});

const KINDS: Readonly<Record<string, string>> = {
  CREATE: "creation",
  DELETE: "deletion",
  MERGE: "merge",
  RESTORE: "restore",
  GDPR_DELETE: "privacyDeletion",
  GDPR_PRIVACY_DELETION: "privacyDeletion",
};
/** Who shortens this makes more commits, who lengthens it longer ones. */
const CHANGES_OF_A_BODY = 100;

/**
 * @param text of the file. What is no file of the journal, or no event, stays as it is: whoever takes it sets it aside.
 * @param portal an app may be in several accounts; only this one's is taken.
 */
export function journalled(text: string, portal: string): Journalled {
  const file = fileOf(text);
  if (file === undefined) return { bodies: [Buffer.from(text)], publishedAt: 0 };
  const changes = file.journalEvents.flatMap((event) => changesOf(event, portal));
  const bodies = Array.from({ length: Math.ceil(changes.length / CHANGES_OF_A_BODY) }, (_, i) =>
    Buffer.from(JSON.stringify(changes.slice(i * CHANGES_OF_A_BODY, (i + 1) * CHANGES_OF_A_BODY))),
  );
  return { bodies, publishedAt: Date.parse(file.publishedAt ?? "") || 0 };
}

function fileOf(text: string): z.infer<typeof fileSchema> | undefined {
  try {
    return fileSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function changesOf(raw: unknown, portal: string): unknown[] {
  const parsed = eventSchema.safeParse(raw);
  if (!parsed.success) return [raw];
  const { action, objectTypeId, occurredAt, propertyChanges, ...event } = parsed.data;
  if (String(event.portalId) !== portal) return [];
  const subject = objectTypeId === "0-1" ? "contact" : "object";
  const change = (kind: string, more = {}) => ({
    ...event,
    objectTypeId,
    occurredAt: Date.parse(occurredAt),
    subscriptionType: `${subject}.${kind}`,
    ...more,
  });
  const properties = Object.entries(propertyChanges ?? {}).map(([propertyName, propertyValue]) =>
    change("propertyChange", { propertyName, propertyValue }),
  );
  return action === "UPDATE" ? properties : [change(KINDS[action] ?? action), ...properties];
}
