/**
 * Brings contacts to HubSpot as they are now: asks what must be known first, writes the difference in batches, records
 * what HubSpot took. New ones are upserted by their address, those without one by our own id in a unique property, so a
 * write whose answer was lost is repeated without a double. Called by sync.ts while it holds the lease.
 */
import { failpoint } from "../../../base/failpoint.ts";
import type { Database } from "../../../db/database.ts";
import {
  changedValues,
  type Difference,
  differenceOf,
  mustAsk,
  type OurValues,
  writtenAfter,
} from "../../difference.ts";
import { type CrmRecord, type CrmState, loadCrmStates, ownersOf, saveCrmRecords } from "../../records.ts";
import type { HubspotFailure } from "../client/answer.ts";
import {
  type BatchInput,
  type FoundRecord,
  type ItemResult,
  readBatch,
  type Writing,
  writeBatch,
} from "../client/batch.ts";
import type { PropertyTypes } from "../client/property-listing.ts";
import { type RefusedValue, refusedThere, unfitValues } from "../client/refused-values.ts";
import { type Mapping, MILLRACE_ID, valuesOf } from "./contact-mapping.ts";

export interface SyncedContact {
  readonly state: CrmState;
  readonly hubspotId: string;
  /** HubSpot's names of the properties that were written. */
  readonly wrote: readonly string[];
  /** Those HubSpot would not take. */
  readonly leftOut: readonly string[];
  /** The values it did not take, now or when they were last compared with its types. */
  readonly refused: readonly RefusedValue[];
}

export type SyncResult =
  | { readonly ok: true; readonly synced: SyncedContact | undefined }
  | { readonly ok: false; readonly failure: HubspotFailure };

interface Plan {
  readonly state: CrmState;
  /** HubSpot's id, where it is known by now. */
  readonly hubspotId: string | null;
  readonly difference: Difference;
}

/**
 * @returns a result for every id; `synced` is undefined for a contact that is not to be written: the log knows nothing of
 *   it, it was erased, it came by spam, or HubSpot has it no more.
 * @param onGone told of records that HubSpot says it has no more.
 */
export async function syncContacts(
  db: Database,
  writing: Writing,
  { mapping, types }: { readonly mapping: Mapping; readonly types: PropertyTypes | undefined },
  ids: readonly string[],
  now: number,
  onGone: (records: readonly CrmRecord[]) => Promise<void>,
): Promise<Map<string, SyncResult>> {
  const results = new Map<string, SyncResult>(ids.map((id) => [id, { ok: true, synced: undefined }]));
  const states = (await loadCrmStates(db, ids)).filter((state) => !isSpam(state));
  const changed = new Map(
    states.map((state) => {
      const ours = valuesOf(state.contact, mapping, state.quality ?? undefined, now, types);
      return [state.contact.id, changedValues(ours, state.written, state.position)];
    }),
  );
  const theirs = await askHubspot(writing, states, changed, Object.values(mapping));
  if ("kind" in theirs) {
    for (const state of states) results.set(state.contact.id, { ok: false, failure: theirs });
    return results;
  }
  const plans = await plansOf(db, states, changed, theirs, results);
  failpoint("before-crm-batch");
  const written = await writePlans(db, writing, plans);
  failpoint("after-crm-batch");
  const learnt = await ownersOf(
    db,
    [...written.values()].flatMap((result) => (result.ok ? [result.id] : [])),
  );
  const taken: Taken[] = [];
  const gone: CrmRecord[] = [];
  for (const plan of plans) {
    const { state, difference } = plan;
    const result = written.get(state.contact.id);
    if (result === undefined) continue;
    const owner = result.ok ? learnt.get(result.id) : undefined;
    if (!result.ok && plan.hubspotId !== null && result.failure.category === NO_RECORD)
      gone.push({ contact: state.contact.id, hubspotId: plan.hubspotId });
    else if (!result.ok) results.set(state.contact.id, { ok: false, failure: result.failure });
    else if (owner !== undefined && owner !== state.contact.id)
      results.set(state.contact.id, { ok: false, failure: belongsTo(owner, result.id) });
    else {
      // Two contacts that turn out to be one in HubSpot: the first one keeps the id.
      learnt.set(result.id, state.contact.id);
      const leftOut = result.leftOut ?? [];
      const done = without(difference, leftOut);
      taken.push({ plan: { ...plan, difference: done }, hubspotId: result.id });
      const refused = [
        ...unfitValues(state.contact, mapping, types),
        ...leftOut.map((name) => refusedThere(name, difference.write[name] ?? "", state.contact, mapping)),
      ];
      const synced = { state, hubspotId: result.id, wrote: Object.keys(done.write), leftOut, refused };
      results.set(state.contact.id, { ok: true, synced });
    }
  }
  await record(db, taken, now);
  failpoint("after-crm-recorded");
  await onGone(gone);
  return results;
}

/** A value HubSpot refused is not tried again until it is another one. */
function without({ write, keep }: Difference, leftOut: readonly string[]): Difference {
  if (leftOut.length === 0) return { write, keep };
  const isLeftOut = ([name]: [string, string]) => leftOut.includes(name);
  const all = Object.entries(write);
  return {
    write: Object.fromEntries(all.filter((entry) => !isLeftOut(entry))),
    keep: { ...keep, ...Object.fromEntries(all.filter(isLeftOut)) },
  };
}

/** A form that looks like spam makes no contact there; one that is there already stays what it is. */
function isSpam({ contact, hubspotId }: CrmState): boolean {
  return contact.facts.spamAt !== undefined && hubspotId === null;
}

/** HubSpot's word for an id behind which there is nothing. A path it does not know has another one. */
const NO_RECORD = "OBJECT_NOT_FOUND";

/** What is to be written of each contact; one whose record in HubSpot is another contact's here is a failure instead. */
async function plansOf(
  db: Database,
  states: readonly CrmState[],
  changed: ReadonlyMap<string, OurValues>,
  theirs: RemoteContact,
  results: Map<string, SyncResult>,
): Promise<Plan[]> {
  const owners = await ownersOf(
    db,
    [...theirs.byEmail.values()].map((record) => record.id),
  );
  return states.flatMap((state): Plan[] => {
    const found = state.hubspotId === null ? theirs.byEmail.get(state.email ?? "") : theirs.byId.get(state.hubspotId);
    const hubspotId = state.hubspotId ?? found?.id ?? null;
    const owner = owners.get(hubspotId ?? "");
    if (owner !== undefined && owner !== state.contact.id) {
      results.set(state.contact.id, { ok: false, failure: belongsTo(owner, hubspotId ?? "") });
      return [];
    }
    const values = changed.get(state.contact.id) ?? {};
    const difference = differenceOf(values, state.written, found?.properties, hubspotId === null);
    return [{ state, hubspotId, difference }];
  });
}

/** A contact HubSpot took, under this id. */
interface Taken {
  readonly plan: Plan;
  readonly hubspotId: string;
}

interface RemoteContact {
  readonly byEmail: ReadonlyMap<string, FoundRecord>;
  readonly byId: ReadonlyMap<string, FoundRecord>;
}

/** Before a found value is written, HubSpot is asked what it has; without one, the upsert finds who is there already. */
async function askHubspot(
  writing: Writing,
  states: readonly CrmState[],
  changed: ReadonlyMap<string, OurValues>,
  names: readonly string[],
): Promise<RemoteContact | HubspotFailure> {
  const asking = states.filter((state) => mustAsk(changed.get(state.contact.id) ?? {}));
  const emails = asking.flatMap(({ hubspotId, email }) => (hubspotId === null && email !== null ? [email] : []));
  const ids = asking.flatMap(({ hubspotId }) => hubspotId ?? []);
  const properties = ["email", "hs_additional_emails", ...names];
  const byEmail =
    emails.length === 0 ? [] : await readBatch(writing, "contacts", emails, { idProperty: "email", properties });
  if ("kind" in byEmail) return byEmail;
  const byId = ids.length === 0 ? [] : await readBatch(writing, "contacts", ids, { properties });
  if ("kind" in byId) return byId;
  return {
    byEmail: new Map(byEmail.flatMap((record) => addressesOf(record).map((address) => [address, record] as const))),
    byId: new Map(byId.map((record) => [record.id, record])),
  };
}

function addressesOf({ properties }: FoundRecord): string[] {
  const all = `${properties.email ?? ""};${properties.hs_additional_emails ?? ""}`;
  return all
    .split(";")
    .map((address) => address.trim().toLowerCase())
    .filter((address) => address !== "");
}

async function writePlans(db: Database, writing: Writing, plans: readonly Plan[]): Promise<Map<string, ItemResult>> {
  const results = new Map<string, ItemResult>();
  const updates: BatchInput[] = [];
  const byEmail: BatchInput[] = [];
  const byOurId: BatchInput[] = [];
  for (const { state, hubspotId, difference } of plans) {
    const key = state.contact.id;
    // Our id goes with the first write: it finds the record again when neither address nor HubSpot's id is left.
    const first: Record<string, string> = Object.keys(state.written).length === 0 ? { [MILLRACE_ID]: key } : {};
    const properties = { ...first, ...difference.write };
    if (hubspotId !== null && Object.keys(properties).length === 0)
      results.set(key, { ok: true, id: hubspotId, isNew: false });
    else if (hubspotId !== null) updates.push({ key, id: hubspotId, properties });
    else if (state.email !== null)
      byEmail.push({ key, id: state.email, idProperty: "email", properties: { ...properties, email: state.email } });
    else byOurId.push({ key, id: key, idProperty: MILLRACE_ID, properties });
  }
  const written = await Promise.all([
    writeBatch(writing, "contacts", "update", distinct(updates, results)),
    writeBatch(writing, "contacts", "upsert", byEmail),
    writeBatch(writing, "contacts", "upsert", byOurId),
  ]);
  for (const part of written) for (const [key, result] of part) results.set(key, result);
  await adopt(db, writing, [...byEmail, ...byOurId], results);
  return results;
}

/** HubSpot takes an id once a batch; two contacts of ours under one id are a matter for a person. */
function distinct(inputs: readonly BatchInput[], results: Map<string, ItemResult>): BatchInput[] {
  const seen = new Map<string, string>();
  return inputs.filter(({ key, id }) => {
    const other = seen.get(id);
    if (other === undefined) {
      seen.set(id, key);
      return true;
    }
    results.set(key, { ok: false, failure: belongsTo(other, id) });
    return false;
  });
}

/** "Contact already exists. Existing ID: 101": it is that one, then, unless another contact of ours is. */
async function adopt(
  db: Database,
  writing: Writing,
  inputs: readonly BatchInput[],
  results: Map<string, ItemResult>,
): Promise<void> {
  const known = inputs.flatMap((input): BatchInput[] => {
    const result = results.get(input.key);
    if (result === undefined || result.ok || result.existingId === undefined) return [];
    const { email: _, ...properties } = input.properties;
    return [{ key: input.key, id: result.existingId, properties }];
  });
  if (known.length === 0) return;
  const owners = await ownersOf(
    db,
    known.map(({ id }) => id),
  );
  const free = known.filter(({ key, id }) => {
    const owner = owners.get(id) ?? key;
    if (owner !== key) results.set(key, { ok: false, failure: belongsTo(owner, id) });
    return owner === key;
  });
  const written = await writeBatch(writing, "contacts", "update", distinct(free, results));
  for (const [key, result] of written) results.set(key, result);
}

async function record(db: Database, rows: readonly Taken[], now: number): Promise<void> {
  const unrecorded = rows.filter(
    ({ plan: { state, difference }, hubspotId }) =>
      state.hubspotId !== hubspotId ||
      Object.keys({ ...difference.write, ...difference.keep }).length > 0 ||
      Object.keys(state.written).length === 0,
  );
  if (unrecorded.length === 0) return;
  await db.transaction((tx) =>
    saveCrmRecords(
      tx,
      unrecorded.map(({ plan: { state, difference }, hubspotId }) => ({
        contact: state.contact.id,
        hubspotId,
        written: writtenAfter(state.written, difference, state.position, now),
        position: state.position,
      })),
      now,
    ),
  );
}

function belongsTo(owner: string, hubspotId: string): HubspotFailure {
  return {
    kind: "refused",
    status: 409,
    message: `HubSpot's contact ${hubspotId} is already contact ${owner} here: they are one person under two addresses.`,
    category: "CONFLICT",
  };
}
