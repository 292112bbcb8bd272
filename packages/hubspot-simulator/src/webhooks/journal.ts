/**
 * The journal: what an app has subscribed to, to be fetched instead of received, three days long. For machines without an
 * address. An entry is a file of changes with an address of its own; a caller walks from one to the next by its offset.
 * Source: HubSpot's guide to the webhooks journal; which fields a change has there beside the documented ones is a guess.
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Change, isoOf } from "../account/account.ts";
import { notFound } from "../http/api-error.ts";
import { type Answer, type Call, nothing, ok, parsed, type Route } from "../http/route.ts";

const KEPT_MS = 3 * 24 * 3_600_000;
const MAX_OF_A_FILE = 100;
const MAX_FILES = 2_000;
const FILE_LASTS_MS = 3_600_000;

type File = { offset: string; publishedAt: number; changes: Change[] };

export type Journal = { note: (change: Change) => void; routes: () => Route[] };

const ACTIONS: Partial<Record<Change["kind"], string>> = {
  creation: "CREATE",
  propertyChange: "UPDATE",
  deletion: "DELETE",
  merge: "MERGE",
  restore: "RESTORE",
  privacyDeletion: "GDPR_DELETE",
};

const subscriptionSchema = z.object({
  subscriptionType: z.enum(["OBJECT", "GDPR_PRIVACY_DELETION"]),
  portalId: z.number(),
  actions: z.array(z.string()),
  objectTypeId: z.string(),
  properties: z.array(z.string()).nullish(),
});
type Subscription = z.infer<typeof subscriptionSchema>;

export function newJournal(portalId: number): Journal {
  const subscriptions = new Map<string, Subscription>();
  let files: File[] = [];
  let gathering: Change[] = [];

  function isWanted({ kind, typeId, propertyName }: Change): boolean {
    const action = ACTIONS[kind];
    return [...subscriptions.values()].some(
      (one) =>
        one.objectTypeId === typeId &&
        one.actions.includes(action ?? "") &&
        (propertyName === undefined || one.properties == null || one.properties.includes(propertyName)),
    );
  }

  /** What has gathered becomes a file; what is too old is gone. */
  function publish(now: number): void {
    for (; gathering.length > 0; gathering = gathering.slice(MAX_OF_A_FILE))
      files.push({ offset: randomUUID(), publishedAt: now, changes: gathering.slice(0, MAX_OF_A_FILE) });
    files = files.filter(({ publishedAt }) => publishedAt > now - KEPT_MS).slice(-MAX_FILES);
  }

  function entry({ account, origin }: Call, file: File | undefined): Answer {
    if (file === undefined) return nothing();
    return ok({
      url: `${origin}/webhooks-journal/files/${file.offset}.json`,
      expiresAt: isoOf(account.now() + FILE_LASTS_MS),
      currentOffset: file.offset,
    });
  }

  function next(call: Call): Answer {
    publish(call.account.now());
    const at = files.findIndex(({ offset }) => offset === call.params.offset);
    if (at < 0) throw notFound("Unknown or expired offset");
    return entry(call, files[at + 1]);
  }

  function end(at: 0 | -1) {
    return (call: Call): Answer => {
      publish(call.account.now());
      return entry(call, files.at(at));
    };
  }

  function read({ params }: Call): Answer {
    const file = files.find(({ offset }) => `${offset}.json` === params.file);
    if (file === undefined) throw notFound();
    return ok({
      offset: file.offset,
      publishedAt: isoOf(file.publishedAt),
      journalEvents: eventsOf(file.changes, portalId),
    });
  }

  function subscribe({ body }: Call): Answer {
    const wanted = parsed(subscriptionSchema, body);
    subscriptions.set(`${wanted.subscriptionType} ${wanted.objectTypeId}`, wanted);
    return ok({ id: subscriptions.size, ...wanted });
  }

  return {
    note(change) {
      if (isWanted(change)) gathering.push(change);
    },
    routes() {
      const access = "app";
      return [
        ...["2026-03", "2026-09"].flatMap((version): Route[] => {
          const root = `/webhooks-journal/journal/${version}`;
          return [
            { method: "GET", path: `${root}/earliest`, handle: end(0), access },
            { method: "GET", path: `${root}/latest`, handle: end(-1), access },
            { method: "GET", path: `${root}/offset/:offset/next`, handle: next, access },
            { method: "POST", path: `/webhooks-journal/subscriptions/${version}`, handle: subscribe, access },
          ];
        }),
        // The address itself is the secret, and it is another service's: no limit of HubSpot's counts it.
        { method: "GET", path: "/webhooks-journal/files/:file", handle: read, access: "open", limit: "none" },
      ];
    },
  };
}

/** Properties of a record that changed in one moment are one event. Who changed them is not told. */
function eventsOf(changes: readonly Change[], portalId: number): object[] {
  const events: { key: string; event: Record<string, unknown> & { propertyChanges?: Record<string, string> } }[] = [];
  for (const { kind, typeId, objectId, at, propertyName, propertyValue, extra } of changes) {
    const key = `${kind} ${typeId} ${objectId} ${at}`;
    const last = events.at(-1);
    if (propertyName !== undefined && last?.key === key && last.event.propertyChanges !== undefined) {
      last.event.propertyChanges[propertyName] = propertyValue ?? "";
      continue;
    }
    const event = {
      type: kind === "privacyDeletion" ? "gdprPrivacyDeletion" : "crmObject",
      portalId,
      occurredAt: isoOf(at),
      action: ACTIONS[kind],
      objectTypeId: typeId,
      objectId: Number(objectId),
      ...(propertyName === undefined ? {} : { propertyChanges: { [propertyName]: propertyValue ?? "" } }),
      ...extra,
    };
    events.push({ key, event });
  }
  return events.map(({ event }) => event);
}
