/** After a round: what is missing and what is there twice, in the database and outside. */
import type { Database } from "../../packages/millrace/src/db/database.ts";
import type { Job } from "./job.ts";
import type { Outside } from "./outside.ts";

export interface Counted {
  /** In words; [] when nothing is. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** E-mails that may have left and may not: shown to a person, never sent again. */
  readonly unsure: number;
}

interface Rows {
  readonly forms: readonly string[];
  readonly thanks: readonly { readonly state: string; readonly message: string | null }[];
  readonly twice: readonly string[];
  readonly missing: readonly string[];
  readonly stuck: number;
  readonly alerts: number;
}

export async function count(db: Database, job: Job, world: Outside): Promise<Counted> {
  const lost: string[] = [];
  const doubled: string[] = [];
  const rows = await read(db);
  const wanted = [...job.forms, ...job.bulk];
  const erased = job.erase === undefined ? 0 : 1;
  for (const id of wanted) {
    const times = rows.forms.filter((form) => form === id).length;
    if (times > 1) doubled.push(`form ${id} ${times} times`);
  }
  const missing = wanted.length - erased - new Set(rows.forms).size;
  if (missing > 0) lost.push(`${missing} forms`);
  lost.push(...rows.missing);
  doubled.push(...rows.twice);
  if (rows.stuck > 0) lost.push(`${rows.stuck} tasks that no one holds`);
  countOutside(
    rows,
    world,
    { wanted, erased, isSubscribed: job.config.subscribers?.chaos !== undefined, hasCrm: job.config.hubspot !== false },
    { lost, doubled },
  );
  await countErased(db, job, { lost, doubled });
  await countIncoming(db, job, { lost, doubled });
  return { lost, doubled, unsure: rows.thanks.filter(({ state }) => state === "unknown").length };
}

interface Wanted {
  readonly wanted: readonly string[];
  readonly erased: number;
  readonly isSubscribed: boolean;
  readonly hasCrm: boolean;
}

interface Found {
  readonly lost: string[];
  readonly doubled: string[];
}

function countOutside(
  { thanks, alerts }: Rows,
  world: Outside,
  { wanted, erased, isSubscribed, hasCrm }: Wanted,
  { lost, doubled }: Found,
): void {
  const emails = world.emails();
  const arrived = new Set(emails);
  if (arrived.size < emails.length) doubled.push(`${emails.length - arrived.size} e-mails`);
  const gone = thanks.filter(({ state, message }) => state === "sent" && message !== null && !arrived.has(message));
  if (gone.length > 0) lost.push(`${gone.length} e-mails that are said to have left`);
  const unanswered = wanted.length - erased - thanks.length;
  if (unanswered > 0) lost.push(`${unanswered} thank-yous`);
  const records = hasCrm ? world.crmAddresses() : wanted.map((id) => `${id}@load.example`);
  if (new Set(records).size < records.length) doubled.push("contacts in HubSpot");
  const unknown = wanted.filter((id) => !records.includes(`${id}@load.example`));
  if (unknown.length > 0) lost.push(`${unknown.length} contacts in HubSpot`);
  const received = new Set(world.events.map(({ id }) => id)).size;
  if (isSubscribed && received < wanted.length) lost.push(`${wanted.length - received} events a subscriber was to get`);
  const heard = new Set(world.alerts).size;
  if (heard < alerts) lost.push(`${alerts - heard} alerts`);
}

async function read(db: Database): Promise<Rows> {
  const [row] = await db.query<Rows>(`
    select array(select id from events where type = 'form_submitted' and id is not null) as forms,
           coalesce((select json_agg(json_build_object('state', state, 'message', message_id)) from emails where template = 'thank_you' and state <> 'suppressed'), '[]') as thanks,
           array(
             select 'thank-you for ' || root from emails where template = 'thank_you' and state <> 'suppressed' group by root having count(*) > 1
             union all select type || ' of ' || contact from events where type in ('contact_created', 'contact_listed') group by type, contact, data->>'list' having count(*) > 1
             union all select 'task_completed ' || (data->>'task') from events where type = 'task_completed' group by data->>'task' having count(*) > 1
             union all select 'contact_enriched ' || (data->>'task') from events where type = 'contact_enriched' group by data->>'task' having count(*) > 1
             union all select 'chaos_due of ' || contact from events where type = 'chaos_due' group by contact having count(*) > 1
             union all select 'decision on ' || event || ' by ' || workflow from decisions group by event, workflow having count(*) > 1
             union all select 'gathered ' || p from events, json_array_elements_text(data->'positions') p where type = 'events_aggregated' group by p having count(*) > 1
           ) as twice,
           array(
             select 'no timer of ' || c.id from contacts c where facts->'erasedAt' is null and not exists (select from events e where e.contact = c.id and e.type = 'chaos_due')
             union all select 'no enrichment of ' || c.id from contacts c where facts->'erasedAt' is null and not exists (select from events e where e.contact = c.id and e.type = 'contact_enriched')
             union all select 'no score of ' || c.id from contacts c where facts->'erasedAt' is null and properties->'lead_score' is null
             union all select 'set aside: ' || error from dead_letters
           ) as missing,
           (select count(*)::int from tasks where state = 'IN_PROGRESS' or (state = 'NOT_STARTED')) as stuck,
           (select count(*)::int from tasks where kind = 'deliver_alert') as alerts`);
  if (row === undefined) throw new Error("The database says nothing.");
  return row;
}

async function countErased(db: Database, { erase }: Job, { lost, doubled }: Found): Promise<void> {
  if (erase === undefined) return;
  const [row] = await db.query<{ recorded: number; left: number }>(
    `select (select count(*)::int from events where type = 'contact_erased') as recorded,
            (select count(*)::int from events where data::text like '%' || $1 || '%')
            + (select count(*)::int from emails where recipient = $1) + (select count(*)::int from contact_identities where value = $1) as left`,
    [erase],
  );
  if (row?.recorded === 0) lost.push("an erasure");
  if ((row?.recorded ?? 0) > 1) doubled.push("contact_erased");
  if ((row?.left ?? 0) > 0) lost.push(`an erasure: ${row?.left} rows name the person`);
}

async function countIncoming(db: Database, { hooks, mails }: Job, { lost, doubled }: Found): Promise<void> {
  const rows = await db.query<{ what: string }>(
    `select data->'changes'->'jobtitle'->>'to' as what from events where type = 'contact_updated' and data->'changes'->'jobtitle'->>'to' like 'Title %'
     union all select message_id from inbound_mail
     union all select 'stated' from events where type = 'email_engagement'`,
  );
  const expect = (name: string, what: string, times: number) => {
    const found = rows.filter((row) => row.what === what).length;
    if (found < times) lost.push(name);
    if (found > times) doubled.push(name);
  };
  hooks.forEach(({ id }, nth) => {
    expect(`webhook ${id}`, `Title ${nth}`, 1);
  });
  for (const { id } of mails) expect(`mail ${id}`, `<${id}@load.example>`, 1);
  expect("what mails say", "stated", mails.length);
}
