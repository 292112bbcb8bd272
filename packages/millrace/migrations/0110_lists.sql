-- What lists of contacts are sorted, narrowed and searched by: one narrow row each, made from `contacts` a moment behind the
-- runner (contacts/lines.ts, decision 75). So neither a form nor a result of a task pays for these indexes in its transaction.
create table contact_lines (
  contact    uuid primary key,
  created_at timestamptz not null,
  -- The last event that said something about it: the order of activity.
  position   bigint not null,
  score      double precision,
  band       text,
  lifecycle  text,
  owner      text,
  source     text,
  -- All that a row of the list shows, word by word.
  words      tsvector not null
) with (fillfactor = 80);
create index contact_lines_newest on contact_lines (created_at, contact);
create index contact_lines_active on contact_lines (position, contact);
create index contact_lines_score on contact_lines (coalesce(score, '-infinity'), contact);
-- A band's own page is as near as the first page of all.
create index contact_lines_band on contact_lines (band, coalesce(score, '-infinity'), contact);
create index contact_lines_lifecycle on contact_lines (lifecycle, created_at, contact) where lifecycle is not null;
create index contact_lines_owner on contact_lines (owner, created_at, contact) where owner is not null;
create index contact_lines_source on contact_lines (source, created_at, contact) where source is not null;
create index contact_lines_words on contact_lines using gin (words) with (gin_pending_list_limit = 256);

create function number_in(value json) returns double precision language sql immutable as $$
  select case when json_typeof(value) = 'number' or value#>>'{}' ~ '^\s*-?\d{1,15}(\.\d{1,15})?\s*$' then (value#>>'{}')::double precision end
$$;

-- Words as PostgreSQL's parser finds them once an address is no longer one word. At most so much: a row stays small.
create function words_of(texts text) returns tsvector language sql immutable as
$$ select to_tsvector('simple', translate(left(texts, 3000), '@._-+/\,;:()[]{}<>&''"', repeat(' ', 22))) $$;

-- None for a contact that is erased, or has become part of another one.
create function line_of(c contacts) returns setof contact_lines language sql stable as $$
  select c.id, c.created_at, c.position, number_in(p->'lead_score'), left(p->>'lead_band', 100), left(p->>'lifecyclestage', 100), left(p->>'hubspot_owner_id', 100),
         left(coalesce(p->>'lead_source', p->>'hs_analytics_source'), 100),
         words_of(concat_ws(' ', p->>'firstname', p->>'lastname', p->>'email', p->>'company', p->>'jobtitle', p->>'lead_band', p->>'lifecyclestage',
                  p->>'lead_source', p->>'hs_analytics_source', p->>'hubspot_owner_id', p->>'phone', p->>'domain'))
  from (select c.properties as p) one
  where c.facts->'erasedAt' is null and c.facts->'mergedInto' is null
$$;

insert into contact_lines select l.* from contacts c cross join lateral line_of(c) l;
-- Up to where the log is in them.
create table contact_lines_place (
  one      boolean primary key default true check (one),
  position bigint not null
);
insert into contact_lines_place (position) select coalesce((select position from subscriptions where name = 'workflows'), 0);

-- People's work in the order of its due time, kind by kind. What an agent waits with has a time of its own and is not in it.
create index tasks_of_people on tasks (kind, due_at, id) where standing in ('WAITING', 'IN_PROGRESS') and not_before is null;
create index tasks_held on tasks (worker, due_at) where standing = 'IN_PROGRESS';
-- What a person put off, until when: out of everybody's sight till then.
alter table tasks add column snoozed_until timestamptz, add column snoozed_by text;

create index emails_held_back on emails (state, id) where state <> 'sent';
create index dead_letters_open on dead_letters (id) where resolved_at is null;
