-- What results of queued tasks lead to is settled where they are written, so a settlement also holds tasks of the queue.
-- Such a task has three parts behind its result: started_at, slept, and whether it has a result at all.
-- tasks: [id, kind, merge_key, state, priority, attempt, due_at, created_at, requested_by, worker, error, causes, root, depth, payload, result, started_at, slept, has_result].
create or replace function finished_in(s settlements) returns setof single_finished_tasks language sql stable as $$
  select (t->>0)::bigint, s.contact, (t->>12)::bigint, moment_of(t->>6), moment_of(t->>7),
         case when t->>17 is null then moment_of(t->>7) else moment_of(t->>16) end, s.decided_at, (t->>13)::smallint,
         (t->>4)::smallint, (t->>5)::smallint, t->>1, t->>2, t->>3, t->>8, t->>9, t->>10,
         (select array_agg(position_in(s.first, c::bigint) order by n) from json_array_elements_text(t->11) with ordinality as cause(c, n)),
         t->14, case when t->>18 is distinct from 'false' then t->15 end, coalesce((t->>17)::boolean, false)
  from json_array_elements(s.tasks::json) as one(t)
$$;

-- As before; of a task of the queue the parts behind its result stay.
create or replace function erased_settlement(s settlements) returns settlements language sql stable as $$
  select s.last, s.first, s.since, s.task_group, s.contact, s.decided_at, s.recorded_at,
    (select array_agg(case when kept then type else 'event_erased' end order by n)
     from unnest(s.types) with ordinality as one(type, n) cross join lateral (select type in ('event_erased', 'contact_erased') as kept) k),
    (select json_agg(case when s.types[n] in ('event_erased', 'contact_erased') then e
                          else json_build_array(e->0, e->1, e->2, erased_actor(e->>3), e->4, json_build_object('was', s.types[n])) end order by n)::text
     from json_array_elements(s.events::json) with ordinality as one(e, n)),
    (select coalesce(json_agg(json_build_array(d->0, d->1, d->2, d->3, erased_outcomes(d->4), case when d->>5 is not null then 'erased' end) order by n)::text, '[]')
     from json_array_elements(s.decisions::json) with ordinality as one(d, n)),
    (select coalesce(json_agg(case when t->>17 is null
       then json_build_array(t->0, t->1, 'erased', t->3, t->4, t->5, t->6, t->7, t->8, t->9,
                             case when t->>10 is not null then 'erased' end, t->11, t->12, t->13, null)
       else json_build_array(t->0, t->1, 'erased', t->3, t->4, t->5, t->6, t->7, t->8, t->9,
                             case when t->>10 is not null then 'erased' end, t->11, t->12, t->13, null, null, t->16, t->17, false) end order by n)::text, '[]')
     from json_array_elements(s.tasks::json) with ordinality as one(t, n))
  where not s.types <@ '{event_erased,contact_erased}'
  union all
  select s.* where s.types <@ '{event_erased,contact_erased}'
$$;
