/** After a soak: what was acknowledged and is not there, and what is there twice, in the database and outside. */
import { hashContacts, rebuildContacts } from "../../packages/millrace/src/contacts/store.ts";
import type { Database } from "../../packages/millrace/src/db/database.ts";
import { newestPosition } from "../../packages/millrace/src/events/log.ts";
import type { SoakOutside } from "./outside.ts";

export interface Verdict {
  readonly forms: number;
  readonly events: number;
  readonly emails: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** E-mails that may have left and may not: a person decides. */
  readonly unsure: number;
}

interface Rows {
  readonly forms: readonly string[];
  readonly events: number;
  readonly sent: readonly string[];
  readonly unsure: number;
  readonly unthanked: number;
  readonly unscored: number;
  readonly unenriched: number;
  readonly stuck: readonly string[];
  readonly aside: readonly string[];
  readonly twice: readonly string[];
}

/** Is nothing left that is due? */
export async function isQuiet(db: Database): Promise<boolean> {
  const [row] = await db
    .query<{ left: number }>(
      `select (select count(*)::int from tasks where state = 'IN_PROGRESS' or not_before < clock_timestamp() + interval '90 s')
            + (select count(*)::int from tasks where state = 'NOT_STARTED')
            + (select count(*)::int from single_events where not settled and position > (select position from subscriptions where name = 'workflows')) as left`,
    )
    .catch(() => [{ left: 1 }]);
  return row?.left === 0;
}

export async function check(db: Database, acknowledged: ReadonlySet<string>, world: SoakOutside): Promise<Verdict> {
  const [rows] = await db.query<Rows>(QUESTION);
  if (rows === undefined) throw new Error("The database says nothing.");
  const lost: string[] = [];
  const doubled: string[] = [...rows.twice];
  const add = (to: string[], count: number, what: string) => count > 0 && to.push(`${count} ${what}`);
  const present = new Set(rows.forms);
  add(lost, [...acknowledged].filter((id) => !present.has(id)).length, "acknowledged forms");
  add(doubled, rows.forms.length - present.size, "forms");
  add(lost, rows.unthanked, "thank-yous");
  add(lost, rows.unscored, "scores");
  add(lost, rows.unenriched, "enrichments");
  lost.push(...rows.stuck, ...rows.aside);
  add(doubled, [...world.taken.values()].filter((times) => times > 1).length, "e-mails");
  add(lost, rows.sent.filter((id) => !world.taken.has(id)).length, "e-mails that are said to have left");
  const there = world.crmAddresses();
  const known = new Set(there);
  add(doubled, there.length - known.size, "contacts in HubSpot");
  add(lost, [...acknowledged].filter((id) => !known.has(`${id}@load.example`)).length, "contacts in HubSpot");
  const before = await hashContacts(db);
  await db.transaction(async (tx) => {
    await tx.patient?.(280_000);
    await rebuildContacts(tx, await newestPosition(tx));
  });
  if ((await hashContacts(db)) !== before) lost.push("contacts are not what the log folds to");
  return { forms: present.size, events: rows.events, emails: rows.sent.length, lost, doubled, unsure: rows.unsure };
}

const QUESTION = `
  with forms as materialized (select position, id from events where type = 'form_submitted'),
       stated as materialized (select type, contact, data->>'task' as task from events where type in ('contact_created', 'task_completed', 'contact_enriched'))
  select array(select id from forms) as forms,
         (select count(*)::int from events) as events,
         array(select message_id from emails where state = 'sent') as sent,
         (select count(*)::int from emails where state = 'unknown') as unsure,
         (select count(*)::int from forms f where not exists (select from emails e where e.root = f.position and e.template = 'thank_you')) as unthanked,
         (select count(*)::int from contacts where properties->'lead_score' is null) as unscored,
         (select count(*)::int from contacts c where not exists (select from stated s where s.type = 'contact_enriched' and s.contact = c.id)) as unenriched,
         array(select 'stuck: ' || kind || ' ' || state from tasks where state = 'IN_PROGRESS' or state = 'NOT_STARTED' limit 20) as stuck,
         array(select 'set aside: ' || error from dead_letters limit 20) as aside,
         array(select 'thank-you for ' || root from emails where template = 'thank_you' and state <> 'suppressed' group by root having count(*) > 1
               union all select 'contact_created of ' || contact from stated where type = 'contact_created' group by contact having count(*) > 1
               union all select type || ' of task ' || task from stated where type <> 'contact_created' group by type, task having count(*) > 1
               union all select 'decision on ' || event || ' by ' || workflow from decisions group by event, workflow having count(*) > 1) as twice`;
