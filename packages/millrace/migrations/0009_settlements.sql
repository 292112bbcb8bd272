-- What one transaction settled for one contact, in one row: the events that followed, what workflows made of them, and
-- the tasks that pure agents did (decision 14). A row costs PostgreSQL about 4 µs and each of its index entries as much
-- again; a form's cascade was 14 rows with 28 entries and is one row with three.
--
-- `events`, `decisions` and `finished_tasks` are views over these rows and over those that stand alone. A view is asked
-- by contact, or for little; whoever comes by position asks events_at, events_between or events_of, which know the way.
alter table events rename to single_events;
alter table decisions rename to single_decisions;
alter table finished_tasks rename to single_finished_tasks;

-- first, last: the positions of its events, without a gap. since: the earliest event decided in it.
-- task_group: its tasks' ids divided by 16; nobody else's task has such an id.
-- types, events: of each event its type, and [cause, root, depth, actor, occurred_at, data].
-- decisions: [event, workflow, version, branch, outcomes, because].
-- tasks: [id, kind, merge_key, state, priority, attempt, due_at, created_at, requested_by, worker, error, causes, root, depth, payload, result].
-- All three are JSON, kept as text: reading it once more on the way in cost 5 to 13 of 40 µs a row. Times are milliseconds; a cause below zero is the row's own event: -1 the first one.
create table settlements (
  last        bigint primary key,
  first       bigint not null,
  since       bigint not null,
  task_group  bigint,
  contact     uuid not null,
  decided_at  timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  types       text[] not null,
  events      text not null,
  decisions   text not null,
  tasks       text not null
);
-- Most rows have some 2 kB: compressing them, or moving parts elsewhere, costs more than the space is worth.
alter table settlements set (toast_tuple_target = 8160);
create index settlements_contact on settlements (contact, last);
create index settlements_tasks on settlements (task_group) where task_group is not null;
create index settlements_when on settlements using brin (decided_at) with (autosummarize = on);
create trigger settlements_are_immutable before update or delete on settlements for each statement execute function refuse_change();
create trigger settlements_stay before truncate on settlements for each statement execute function refuse_change();

create function position_in(first bigint, reference bigint) returns bigint language sql immutable as
$$ select case when reference < 0 then first - reference - 1 else reference end $$;

create function partition_of(contact uuid) returns smallint language sql immutable as
$$ select (get_byte(uuid_send(contact), 15) & 63)::smallint $$;

create function moment_of(milliseconds text) returns timestamptz language sql immutable as
$$ select to_timestamp(milliseconds::float8 / 1000) $$;

-- The events, decisions and tasks of one settlement, as rows like those that stand alone.
create function events_in(s settlements) returns setof single_events language sql stable as $$
  select s.first + n - 1, s.contact, position_in(s.first, (e->>0)::bigint), (e->>1)::bigint, moment_of(e->>4), s.recorded_at,
         (e->>2)::smallint, partition_of(s.contact), true, s.types[n], e->>3, null::text, null::text, e->5
  from json_array_elements(s.events::json) with ordinality as one(e, n)
$$;

create function decisions_in(s settlements) returns setof single_decisions language sql stable as $$
  select position_in(s.first, (d->>0)::bigint), d->>1, d->>2, s.contact, d->>3, d->4, d->>5, s.decided_at
  from json_array_elements(s.decisions::json) as one(d)
  -- An event decided once more has its new decision standing alone, in place of the first.
  where not exists (select from single_decisions again where again.event = position_in(s.first, (d->>0)::bigint) and again.workflow = d->>1)
$$;

create function finished_in(s settlements) returns setof single_finished_tasks language sql stable as $$
  select (t->>0)::bigint, s.contact, (t->>12)::bigint, moment_of(t->>6), moment_of(t->>7), moment_of(t->>7), s.decided_at, (t->>13)::smallint,
         (t->>4)::smallint, (t->>5)::smallint, t->>1, t->>2, t->>3, t->>8, t->>9, t->>10,
         (select array_agg(position_in(s.first, c::bigint) order by n) from json_array_elements_text(t->11) with ordinality as cause(c, n)),
         t->14, t->15, false
  from json_array_elements(s.tasks::json) as one(t)
$$;

create view events as
select * from single_events union all select e.* from settlements s cross join lateral events_in(s) e;
create view decisions as
select * from single_decisions union all select d.* from settlements s cross join lateral decisions_in(s) d;
create view finished_tasks as
select * from single_finished_tasks union all select t.* from settlements s cross join lateral finished_in(s) t;

create trigger events_are_immutable instead of insert or update or delete on events for each row execute function refuse_change();

create function events_of(whom uuid) returns setof single_events language sql stable as $$
  select * from single_events where contact = whom
  union all
  select e.* from settlements s cross join lateral events_in(s) e where s.contact = whom
$$;

-- Events after one position, up to another one, in no particular order.
create function events_between(after bigint, up_to bigint) returns setof single_events language sql stable as $$
  select * from single_events where position > after and position <= up_to
  union all
  select e.* from settlements s cross join lateral events_in(s) e
  -- Rows do not overlap: the one that holds up_to is the last that is asked for.
  where s.last > after and s.last <= coalesce((select min(l.last) from settlements l where l.last >= up_to), up_to)
    and e.position > after and e.position <= up_to
$$;

create function events_at(place bigint) returns setof single_events language sql stable as
$$ select * from events_between(place - 1, place) $$;

create function newest_position() returns bigint language sql stable as
$$ select greatest((select max(position) from single_events), (select max(last) from settlements), 0) $$;

-- What workflows made of events of one contact.
create function decisions_of(whom uuid, happened bigint[]) returns setof single_decisions language sql stable as $$
  select * from single_decisions where event = any(happened)
  union all
  select d.* from settlements s cross join lateral decisions_in(s) d
  where s.contact = whom and s.last >= (select min(h) from unnest(happened) h) and s.since <= (select max(h) from unnest(happened) h)
    and d.event = any(happened)
$$;

create function finished_task(wanted bigint) returns setof single_finished_tasks language sql stable as $$
  select * from single_finished_tasks where id = wanted
  union all
  select t.* from settlements s cross join lateral finished_in(s) t where s.task_group = wanted / 16 and t.id = wanted
$$;
