/** What a polled record says that we have not heard: its difference from what HubSpot was known to have, as changes. Called by poll.ts. */
import { textColumn } from "../../../db/columns.ts";
import type { Queryable } from "../../../db/database.ts";
import { READ_PROPERTIES } from "../outbound/contact-mapping.ts";
import type { HubspotChange } from "./change.ts";
import type { Intake } from "./delivery.ts";
import { loadKnown } from "./incoming-rows.ts";
import { type TheirContact, valuesOfTheirs } from "./newcomer.ts";
import { currentText, type KnownContact, type TranslationRules } from "./translate.ts";

/** Those of contacts we know; the others come in by themselves. */
export async function changesIn(intake: Intake, records: readonly TheirContact[]): Promise<HubspotChange[]> {
  const known = await loadKnown(
    intake.db,
    records.map(({ id }) => id),
  );
  return records.flatMap((theirs) => {
    const contact = known.get(theirs.id);
    if (contact === undefined) return [];
    const { deletedAt } = contact;
    // HubSpot's index shows a deleted record for some seconds; one that was touched since is there again.
    if (deletedAt !== null)
      return theirs.updatedAt > deletedAt ? [restored(theirs), ...differences(theirs, contact, intake.rules)] : [];
    return differences(theirs, contact, intake.rules);
  });
}

function differences(theirs: TheirContact, known: KnownContact, rules: TranslationRules): HubspotChange[] {
  const values = new Map(valuesOfTheirs(theirs, rules));
  for (const name of ["email", ...Object.keys(rules.ours), ...READ_PROPERTIES])
    if (!values.has(name)) values.set(name, "");
  for (const name of rules.optOuts) if (theirs.properties[name] === "true") values.set(name, "true");
  return [...values]
    .filter(([name, value]) => isNews(name, value, theirs, known, rules))
    .map(([property, value]) => polled(theirs, "contact", property, value));
}

/**
 * Compared with what HubSpot was last known to have, not with ours: ours may be newer and on its way there. A record that
 * was changed last before we wrote says nothing about what we wrote.
 */
function isNews(
  name: string,
  value: string,
  theirs: TheirContact,
  known: KnownContact,
  rules: TranslationRules,
): boolean {
  if (rules.optOuts.has(name)) return !known.isOptedOut;
  const heard = known.heard[name];
  const written = known.written[name];
  const current = currentText(known, name, rules);
  if (written !== undefined && !written.kept) {
    if (value === written.value || theirs.updatedAt <= written.at) return false;
    return value !== heard?.value || value !== current;
  }
  if (heard !== undefined) return value !== heard.value && theirs.updatedAt > heard.at;
  // Never sent by them, never written by us: ours goes there first, unless we have none.
  return value !== "" && value !== current && (current === "" || written?.kept === true);
}

/** Closed in HubSpot while ours is open. */
export async function completions(db: Queryable, records: readonly TheirContact[]): Promise<HubspotChange[]> {
  if (records.length === 0) return [];
  const rows = await db.query<{ id: string }>(
    `select m.hubspot_id as id from crm_tasks m join tasks t on t.id = m.task where m.hubspot_id = any($1::text[])`,
    [textColumn(records.map(({ id }) => id))],
    "open_mirrored_tasks",
  );
  const open = new Set(rows.map(({ id }) => id));
  return records
    .filter(({ id }) => open.has(id))
    .map((record) => polled(record, "task", "hs_task_status", "COMPLETED"));
}

function restored(record: TheirContact): HubspotChange {
  const { property: _, value: __, ...change } = polled(record, "contact", "", "");
  const type = "contact.restore";
  return { ...change, type, kind: "restore", key: [type, record.id, record.updatedAt].join(":") };
}

/** The key names the state, so two who poll say the same. */
function polled(record: TheirContact, object: "contact" | "task", property: string, value: string): HubspotChange {
  const type = `${object}.propertyChange`;
  const user = record.properties.hs_updated_by_user_id ?? "";
  const content = value.length > 40 ? `${value.length}:${value.slice(0, 40)}` : value;
  return {
    type,
    kind: "propertyChange",
    object,
    portalId: "polled",
    objectId: record.id,
    property,
    value,
    occurredAt: record.updatedAt,
    changeSource: "POLLED",
    sourceId: user === "" ? "" : `userId:${user}`,
    appId: "",
    key: [type, record.id, property, record.updatedAt, content].join(":"),
  };
}
