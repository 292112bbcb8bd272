/**
 * Every contact of HubSpot's into the bulk lane, page by page, behind whatever is alive. Where it stands is kept, so a
 * run that was killed goes on; a contact that is here already, or waits in the lane, is not taken again.
 * Called by `millrace hubspot import`.
 */
import { putIntoBulkLane } from "../../../contacts/bulk-lane.ts";
import { nameOf } from "../../../contacts/suppression.ts";
import type { NewEvent } from "../../../events/event.ts";
import { HUBSPOT } from "../../records.ts";
import { bodyOf } from "../answer.ts";
import type { HubspotApi } from "../client.ts";
import type { Intake } from "./delivery.ts";
import { loadKnown, loadOthers, readPlace, saveHeardOf, savePlace } from "./incoming-rows.ts";
import { optedOut } from "./introduce.ts";
import { created, type TheirContact, valuesOfTheirs, wantsNoMail } from "./newcomer.ts";
import { listContacts, type Page, searchChanged } from "./read-contacts.ts";
import { takeChanges } from "./take-changes.ts";

export interface ImportWish {
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
export async function importContacts(intake: Intake, wish: ImportWish): Promise<ImportResult> {
  const { api, properties, isDry } = wish;
  const place = isDry ? undefined : await readPlace<{ after?: string }>(intake.db, PLACE);
  let after = place?.after;
  let so: ImportResult = { seen: 0, taken: 0, recognised: 0, known: 0, isResumed: after !== undefined };
  const total = await countContacts(api);
  do {
    const page = checked(await listContacts(api, properties, after));
    so = added(so, await takePage(intake, page.records, isDry));
    after = page.after;
    if (!isDry) await savePlace(intake.db, PLACE, after === undefined ? {} : { after });
    wish.onPage(so, total);
  } while (after !== undefined);
  return so;
}

async function takePage(intake: Intake, records: readonly TheirContact[], isDry: boolean) {
  const known = await loadKnown(
    intake.db,
    records.map(({ id }) => id),
  );
  const names = records.map(({ id }) => ({ kind: HUBSPOT, value: id }));
  const erased = await intake.suppressions.among(intake.db, names);
  const strangers = records.filter(({ id }) => !known.has(id) && !erased.has(nameOf({ kind: HUBSPOT, value: id })));
  const others = await loadOthers(intake.db, strangers);
  const met = new Map(strangers.filter(({ id }) => others.has(id)).map((one) => [one.id, one]));
  const fresh = strangers.filter(({ id }) => !others.has(id));
  if (!isDry) {
    if (met.size > 0) await takeChanges(intake, { changes: [], met });
    const events = fresh.flatMap((theirs) => eventsOf(theirs, intake));
    await putIntoBulkLane(intake.db, intake.wakeUps, events, intake.catalogue, intake.clock.now());
    await saveHeardOf(
      intake.db,
      fresh.map((theirs) => ({ theirs, values: valuesOfTheirs(theirs, intake.rules) })),
    );
  }
  return { seen: records.length, taken: fresh.length, recognised: met.size, known: known.size };
}

/** Who wants no mail says so first: nothing the creation leads to can be quicker. */
function eventsOf(theirs: TheirContact, { rules }: Intake): NewEvent[] {
  const creation = { ...created(theirs, rules, "import"), source: SOURCE, id: theirs.id, occurredAt: theirs.updatedAt };
  if (!wantsNoMail(theirs, rules)) return [creation];
  const { type, data, contact, actor } = optedOut(theirs.id).told;
  return [
    { type, data, actor, contact: { ...creation.contact, ...contact }, source: SOURCE, id: `${theirs.id}:opt-out` },
    creation,
  ];
}

async function countContacts(api: HubspotApi): Promise<number> {
  const wish = { type: "contacts", since: 0, properties: [], after: undefined, urgency: "normal" } as const;
  return checked(await searchChanged(api, wish)).total ?? 0;
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
