-- Erasure of a person's data (R18), docs/decisions/0015-erasure-redacts.md; and contacts that were deleted in the CRM.

-- Whose data was erased, and the event that says so. What comes in of them later, from work that was under way, is erased too.
create table erasures (
  contact   uuid primary key,
  position  bigint not null,
  erased_at timestamptz not null
);

-- Keyed hashes of erased people's addresses and ids in the CRM: they are recognised when they come back, and cannot be read.
create table suppressions (
  hash      text primary key,
  -- "email", "hubspot": what the name was.
  kind      text not null,
  position  bigint not null,
  erased_at timestamptz not null
);
create index suppressions_position on suppressions (position);

-- One row. salt: of the hashes by which a delivery that was erased is recognised. key_mark: tells whether a process has
-- the key the suppressions were made with; null before the first.
create table erasure_marks (
  one      boolean primary key default true check (one),
  salt     text not null default gen_random_uuid()::text,
  key_mark text
);
insert into erasure_marks default values;

-- In place of (source, id) of an erased event; the source is "erased" then.
create function erased_delivery(salt text, source text, id text) returns text language sql stable as $$
  select encode(sha256(convert_to(salt || e'\n' || coalesce(source, '') || e'\n' || id, 'UTF8')), 'hex')
$$;

-- Who of the engine and of the people at its console did it may stay; any other text may name the person.
create function erased_actor(actor text) returns text language sql immutable as $$
  select case when actor ~ '^((agent|workflow):[a-z0-9_-]{1,100}|person:.{1,200}|hubspot(:\d+|:echo|:unknown)?|engine|timer|gateway|api|mail|cli)$'
              then actor else 'erased' end
$$;

-- What is left of a row of the history when its contact is erased; of one that is erased, the row itself. Whoever adds a
-- column to one of the four tables says here what becomes of it.

-- Place, cause, root, depth, times and contact stay.
create function erased_event(e single_events) returns single_events language sql stable as $$
  select e.position, e.contact, e.cause, e.root, e.occurred_at, e.recorded_at, e.depth, e.partition, e.settled,
         'event_erased', erased_actor(e.actor), case when e.id is not null then 'erased' end,
         erased_delivery((select salt from erasure_marks), e.source, e.id), json_build_object('was', e.type)
  where e.type not in ('event_erased', 'contact_erased')
  union all
  select e.* where e.type in ('event_erased', 'contact_erased')
$$;

-- Keys of timers are made by workflows and may name somebody; which workflow took which branch stays.
create function erased_outcomes(outcomes json) returns json language sql immutable as $$
  select coalesce(json_agg(case when o::jsonb ? 'key' then (o::jsonb - 'key')::json else o end order by n), '[]')
  from json_array_elements(outcomes) with ordinality as one(o, n)
$$;

create function erased_decision(d single_decisions) returns single_decisions language sql immutable as $$
  select d.event, d.workflow, d.version, d.contact, d.branch,
         case when d.outcomes::text like '%"key"%' then erased_outcomes(d.outcomes) else d.outcomes end,
         case when d.because is not null then 'erased' end, d.decided_at
$$;

-- Kind, state, causes, times and who did it stay.
create function erased_finished_task(t single_finished_tasks) returns single_finished_tasks language sql immutable as $$
  select t.id, t.contact, t.root, t.due_at, t.created_at, t.started_at, t.finished_at, t.depth, t.priority, t.attempt, t.kind,
         'erased', t.state, t.requested_by, t.worker, case when t.error is not null then 'erased' end, t.causes,
         'null'::json, null::json, t.slept
$$;

-- The same, for what was settled at once: every event, decision and task keeps its place in the row, and with it its
-- position or id. See 0009_settlements.sql for what stands where.
create function erased_settlement(s settlements) returns settlements language sql stable as $$
  select s.last, s.first, s.since, s.task_group, s.contact, s.decided_at, s.recorded_at,
    (select array_agg(case when kept then type else 'event_erased' end order by n)
     from unnest(s.types) with ordinality as one(type, n) cross join lateral (select type in ('event_erased', 'contact_erased') as kept) k),
    (select json_agg(case when s.types[n] in ('event_erased', 'contact_erased') then e
                          else json_build_array(e->0, e->1, e->2, erased_actor(e->>3), e->4, json_build_object('was', s.types[n])) end order by n)::text
     from json_array_elements(s.events::json) with ordinality as one(e, n)),
    (select coalesce(json_agg(json_build_array(d->0, d->1, d->2, d->3, erased_outcomes(d->4), case when d->>5 is not null then 'erased' end) order by n)::text, '[]')
     from json_array_elements(s.decisions::json) with ordinality as one(d, n)),
    (select coalesce(json_agg(json_build_array(t->0, t->1, 'erased', t->3, t->4, t->5, t->6, t->7, t->8, t->9,
                                               case when t->>10 is not null then 'erased' end, t->11, t->12, t->13, null) order by n)::text, '[]')
     from json_array_elements(s.tasks::json) with ordinality as one(t, n))
  where not s.types <@ '{event_erased,contact_erased}'
  union all
  select s.* where s.types <@ '{event_erased,contact_erased}'
$$;

-- The rows of the history to erase: of these contacts, and, about nobody, events at these places and tasks with these ids.
create function erasable_events(whose uuid[], at bigint[]) returns setof single_events language sql stable as $$
  select * from single_events e where (contact = any(whose) or (contact is null and position = any(at))) and type not in ('event_erased', 'contact_erased')
$$;
create function erasable_settlements(whose uuid[]) returns setof settlements language sql stable as $$
  select * from settlements where contact = any(whose) and not types <@ '{event_erased,contact_erased}'
$$;
create function erasable_decisions(whose uuid[], at bigint[]) returns setof single_decisions language sql stable as $$
  select * from single_decisions d
  where event = any(array(select position from events where contact = any(whose)) || at) and (contact is null or contact = any(whose))
    and d::text is distinct from erased_decision(d)::text
$$;
create function erasable_tasks(whose uuid[], ids bigint[]) returns setof single_finished_tasks language sql stable as $$
  select * from single_finished_tasks where (contact = any(whose) or (contact is null and id = any(ids))) and merge_key <> 'erased'
$$;

create function history_to_erase(whose uuid[], at bigint[], ids bigint[]) returns table (part text, rows bigint) language sql stable as $$
  select 'single_events', count(*) from erasable_events(whose, at)
  union all select 'settlements', count(*) from erasable_settlements(whose)
  union all select 'single_decisions', count(*) from erasable_decisions(whose, at)
  union all select 'single_finished_tasks', count(*) from erasable_tasks(whose, ids)
$$;

-- The history is append-only but for one door: this function. @returns how many rows it emptied, by table.
create function erase_history(whose uuid[], at bigint[], ids bigint[]) returns table (part text, rows bigint)
language plpgsql set millrace.erasing = 'on' as $$
begin
  return query select * from history_to_erase(whose, at, ids) h where h.rows > 0;
  -- Decisions are found by their events, in whatever state those are.
  update single_decisions d set (outcomes, because) = (select r.outcomes, r.because from erased_decision(d) r)
    from erasable_decisions(whose, at) e where (d.event, d.workflow) = (e.event, e.workflow);
  update single_finished_tasks t set (merge_key, error, payload, result) = (select r.merge_key, r.error, r.payload, r.result from erased_finished_task(t) r)
    from erasable_tasks(whose, ids) e where t.id = e.id;
  update single_events e set (type, actor, source, id, data) = (select r.type, r.actor, r.source, r.id, r.data from erased_event(e) r)
    from erasable_events(whose, at) old where e.position = old.position;
  update settlements s set (types, events, decisions, tasks) = (select r.types, r.events, r.decisions, r.tasks from erased_settlement(s) r)
    from erasable_settlements(whose) old where s.last = old.last;
end $$;

create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  -- Whether each row may change so is judged below.
  if tg_op = 'UPDATE' and tg_level = 'STATEMENT' and current_setting('millrace.erasing', true) = 'on' then return null; end if;
  raise exception 'The log is append-only: % on % is refused.', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;

-- What was decided once more leaves its first decision, so rows of decisions may go; nobody changes one.
create trigger decisions_are_immutable before update on single_decisions for each statement execute function refuse_change();
create trigger finished_tasks_are_immutable before update or delete on single_finished_tasks for each statement execute function refuse_change();

-- Whoever turns the switch by hand can still do nothing but empty a row.
create trigger events_are_emptied_at_most before update on single_events for each row
  when (new::text is distinct from erased_event(old)::text) execute function refuse_change();
create trigger settlements_are_emptied_at_most before update on settlements for each row
  when (new::text is distinct from erased_settlement(old)::text) execute function refuse_change();
create trigger decisions_are_emptied_at_most before update on single_decisions for each row
  when (new::text is distinct from erased_decision(old)::text) execute function refuse_change();
create trigger finished_tasks_are_emptied_at_most before update on single_finished_tasks for each row
  when (new::text is distinct from erased_finished_task(old)::text) execute function refuse_change();

-- To find what is kept of one contact.
create index tracked_links_contact on tracked_links (contact);
create index inbound_mail_contact on inbound_mail (contact) where contact is not null;

-- When HubSpot had the contact no more, by HubSpot's clock: nothing is written to it until it is restored there.
alter table crm_records add column deleted_at timestamptz;
