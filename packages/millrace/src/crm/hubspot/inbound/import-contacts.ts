/**
 * Every contact of HubSpot's into the bulk lane, page by page, behind whatever is alive. Where it stands is kept, so a
 * run that was killed goes on; a contact that is here already, or waits in the lane, is not taken again.
 * Called by `millrace hubspot import`.
 */
import { nameOf } from "../../../contacts/suppression.ts";
import type { NewEvent } from "../../../events/event.ts";
import { putIntoBulkLane } from "../../../intake/bulk-lane.ts";
import { HUBSPOT } from "../../records.ts";
import { bodyOf } from "../client/answer.ts";
import type { HubspotApi } from "../client/client.ts";
import type { Intake } from "./delivery.ts";
import { loadKnown, loadOthers, readCursor, saveCursor, saveSnapshotOf } from "./incoming-rows.ts";
import { metWithoutLifted } from "./lifted-opt-outs.ts";
import { created, type TheirContact, valuesOfTheirs, wantsNoMail } from "./newcomer.ts";
import { listContacts, type Page, searchChanged } from "./read-contacts.ts";
import { optedOut } from "./resolve-remote.ts";
import { takeChanges } from "./take-changes.ts";

export interface ImportRequest {
  readonly api: HubspotApi;
  readonly properties: readonly string[];
  /** Counts, and takes nothing. */
  readonly isDry: boolean;
  /** Told after each page. */
  readonly onPage: (so: ImportResult, total: number) => void;
}

export interface ImportResult {
  readonly seen: number;
  /** New here: they enter the log when nothing live waits. */
  readonly taken: number;
  /** Known here by an address; from now on by HubSpot's id too. */
  readonly recognised: number;
  /** Here already. */
  readonly known: number;
  /** True: an earlier run that had not come to its end was carried on. */
  readonly isResumed: boolean;
}

const SOURCE = "hubspot:import";
const PLACE = "import";

/** @throws MillraceError hubspot_failed when HubSpot does not answer; the next run goes on from there. */
export async function importContacts(intake: Intake, request: ImportRequest): Promise<ImportResult> {
  const { api, properties, isDry } = request;
  const place = isDry ? undefined : await readCursor<{ after?: string }>(intake.db, PLACE);
  let after = place?.after;
  let so: ImportResult = { seen: 0, taken: 0, recognised: 0, known: 0, isResumed: after !== undefined };
  const total = await countContacts(api);
  do {
    const page = checked(await listContacts(api, properties, after));
    so = added(so, await takePage(intake, request, page.records));
    after = page.after;
    if (!isDry) await saveCursor(intake.db, PLACE, after === undefined ? {} : { after });
    request.onPage(so, total);
  } while (after !== undefined);
  return so;
}

async function takePage(intake: Intake, { api, isDry }: ImportRequest, records: readonly TheirContact[]) {
  const known = await loadKnown(
    intake.db,
    records.map(({ id }) => id),
  );
  const names = records.map(({ id }) => ({ kind: HUBSPOT, value: id }));
  const erased = await intake.suppressions.among(intake.db, names);
  const strangers = records.filter(({ id }) => !known.has(id) && !erased.has(nameOf({ kind: HUBSPOT, value: id })));
  const others = await loadOthers(intake.db, strangers);
  const ours = strangers.filter(({ id }) => others.has(id));
  const fresh = strangers.filter(({ id }) => !others.has(id));
  if (!isDry) {
    const met = new Map((await metWithoutLifted(intake, api, ours)).map((one) => [one.id, one]));
    if (met.size > 0) await takeChanges(intake, { changes: [], met });
    const events = fresh.flatMap((theirs) => eventsOf(theirs, intake));
    await putIntoBulkLane(intake.db, intake.wakeUps, events, intake.catalogue, intake.clock.now());
    await saveSnapshotOf(
      intake.db,
      fresh.map((theirs) => ({ theirs, values: valuesOfTheirs(theirs, intake.rules) })),
    );
  }
  return { seen: records.length, taken: fresh.length, recognised: ours.length, known: known.size };
}

/** Who wants no mail says so first: nothing the creation leads to can be quicker. */
function eventsOf(theirs: TheirContact, { rules }: Intake): NewEvent[] {
  const creation = { ...created(theirs, rules, "import"), source: SOURCE, id: theirs.id, occurredAt: theirs.updatedAt };
  if (!wantsNoMail(theirs, rules)) return [creation];
  const { type, data, contact, actor } = optedOut(theirs.id).event;
  return [
    { type, data, actor, contact: { ...creation.contact, ...contact }, source: SOURCE, id: `${theirs.id}:opt-out` },
    creation,
  ];
}

async function countContacts(api: HubspotApi): Promise<number> {
  const request = { type: "contacts", since: 0, properties: [], after: undefined, urgency: "normal" } as const;
  return checked(await searchChanged(api, request)).total ?? 0;
}

function checked(answer: Awaited<ReturnType<typeof listContacts>>): Page {
  if ("kind" in answer) bodyOf({ ok: false, failure: answer });
  return answer as Page;
}

type Counts = Omit<ImportResult, "isResumed">;

function added(so: ImportResult, page: Counts): ImportResult {
  return {
    ...so,
    seen: so.seen + page.seen,
    taken: so.taken + page.taken,
    recognised: so.recognised + page.recognised,
    known: so.known + page.known,
  };
}
