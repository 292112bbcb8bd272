/** The journal: the same changes to be fetched instead of received, by offset, three days long. For machines without an address. */
import type { Change } from "../account/account.ts";
import { notFound } from "../http/api-error.ts";
import { type Answer, type Call, ok, type Route } from "../http/route.ts";

const KEPT_MS = 3 * 24 * 3_600_000;
const MOST_KEPT = 100_000;
const PER_FETCH = 100;

export type JournalEntry = { offset: number; at: number; change: Change };

export type Journal = { note: (change: Change) => void; routes: () => Route[] };

const ACTIONS: Record<Change["kind"], string> = {
  creation: "CREATE",
  propertyChange: "UPDATE",
  deletion: "DELETE",
  merge: "MERGE",
  restore: "RESTORE",
  associationChange: "ASSOCIATION",
  privacyDeletion: "GDPR_PRIVACY_DELETION",
};

export function newJournal(): Journal {
  let entries: JournalEntry[] = [];
  let lastOffset = 0;

  function trim(now: number): void {
    const oldest = now - KEPT_MS;
    const tooMany = entries.length > MOST_KEPT;
    if (!tooMany && (entries[0]?.at ?? now) >= oldest) return;
    entries = entries.filter(({ at }) => at >= oldest).slice(-Math.floor(MOST_KEPT / 2));
  }

  function shown(call: Call, from: number): Answer {
    trim(call.account.now());
    const start = entries.findIndex(({ offset }) => offset > from);
    if (start < 0) return { status: 204 };
    const page = entries.slice(start, start + PER_FETCH);
    const last = page.at(-1);
    return ok({
      offset: String(last?.offset ?? from),
      journalEvents: page.map(({ offset, change }) => ({
        type: change.kind === "associationChange" ? "association" : "crmObject",
        offset: String(offset),
        portalId: call.account.portalId,
        action: ACTIONS[change.kind],
        occurredAt: new Date(change.at).toISOString(),
        objectTypeId: change.typeId,
        objectId: Number(change.objectId),
        ...(change.propertyName === undefined
          ? {}
          : { propertyChanges: { [change.propertyName]: change.propertyValue ?? "" } }),
        changeSource: change.source.changeSource,
        sourceId: change.source.sourceId,
      })),
    });
  }

  function next(call: Call): Answer {
    const offset = Number(call.params.offset);
    if (!Number.isInteger(offset)) throw notFound("Unknown offset");
    return shown(call, offset);
  }

  return {
    note(change) {
      lastOffset += 1;
      entries.push({ offset: lastOffset, at: change.at, change });
      if (entries.length > MOST_KEPT * 2) trim(change.at);
    },
    routes() {
      const roots = ["2026-03", "2026-09"].map((version) => `/webhooks-journal/journal/${version}`);
      return roots.flatMap((root): Route[] => [
        { method: "GET", path: `${root}/earliest`, handle: (call) => shown(call, 0) },
        { method: "GET", path: `${root}/latest`, handle: (call) => shown(call, lastOffset - 1) },
        { method: "GET", path: `${root}/offset/:offset/next`, handle: next },
      ]);
    },
  };
}
