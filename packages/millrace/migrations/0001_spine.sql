-- The log: every fact, in the order of commit. Nobody changes or deletes a row.
-- data is json, not jsonb: it is written once, kept to the letter and read whole; measured, jsonb costs 5 of 18 µs a row.
-- settled: decided in the very transaction that appended it (a pure cascade), so the runner has no need to read it again.
create table events (
  position    bigint primary key,
  contact     uuid,
  cause       bigint,
  root        bigint not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  depth       smallint not null,
  partition   smallint not null,
  settled     boolean not null,
  type        text not null,
  actor       text not null,
  source      text,
  id          text,
  data        json not null
);
create sequence events_position as bigint cache 1;
-- The key by which a repeated delivery is recognised. Internal events have none, so they cost nothing here.
create unique index events_delivery on events (source, id) where id is not null;
create index events_contact on events (contact, position) where contact is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The log is append-only: % on % is refused.', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger events_are_immutable before update or delete on events for each statement execute function refuse_change();
create trigger events_stay before truncate on events for each statement execute function refuse_change();

-- Where each consumer of the log stands.
create table subscriptions (
  name       text primary key,
  position   bigint not null default 0,
  updated_at timestamptz not null default clock_timestamp()
);

-- Events a consumer could not take: set aside with their error, so that everything behind them goes on.
create table dead_letters (
  id           bigint generated always as identity primary key,
  subscription text not null,
  event        bigint not null,
  error        text not null,
  attempts     integer not null,
  created_at   timestamptz not null default clock_timestamp(),
  resolved_at  timestamptz,
  resolution   text,
  unique (subscription, event)
);

-- Events that are to be appended when their time comes, unless cancelled by key.
create table scheduled_events (
  key         text primary key,
  due_at      timestamptz not null,
  type        text not null,
  data        json not null,
  contact     uuid,
  cause       bigint not null,
  root        bigint not null,
  created_at  timestamptz not null default clock_timestamp()
);
create index scheduled_events_due on scheduled_events (due_at);

-- Contacts, folded from the log: may be dropped and rebuilt. position is the last event folded in.
create table contacts (
  id         uuid primary key,
  position   bigint not null,
  created_at timestamptz not null,
  properties jsonb not null,
  facts      jsonb not null
) with (fillfactor = 80);
create index contacts_newest on contacts (created_at desc);

-- What the outside world calls a contact: e-mail address, ids of other systems.
create table contact_identities (
  kind    text not null,
  value   text not null,
  contact uuid not null,
  primary key (kind, value)
);
create index contact_identities_contact on contact_identities (contact);

-- What each workflow made of each event, "nothing, because" included.
create table decisions (
  event      bigint not null,
  workflow   text not null,
  version    text not null,
  contact    uuid,
  branch     text not null,
  outcomes   json not null,
  because    text,
  decided_at timestamptz not null,
  primary key (event, workflow)
);

-- Ids are handed out to each process in blocks of 1,000, so that a row can be named before it is written.
create sequence task_blocks as bigint;

-- Open tasks only: finished ones move to finished_tasks, so claiming costs the same after a year as on the first day.
create table tasks (
  id              bigint primary key,
  contact         uuid,
  root            bigint not null,
  due_at          timestamptz not null,
  created_at      timestamptz not null,
  not_before      timestamptz,
  stale_at        timestamptz,
  lift_at         timestamptz,
  started_at      timestamptz,
  lease_until     timestamptz,
  timeout_at      timestamptz,
  fence           bigint not null default 0,
  depth           smallint not null,
  priority        smallint not null,
  rank            smallint not null,
  attempt         smallint not null default 0,
  requested_again boolean not null default false,
  kind            text not null,
  merge_key       text not null,
  state           text not null check (state in ('NOT_STARTED', 'IN_PROGRESS', 'WAITING')),
  requested_by    text not null,
  worker          text,
  error           text,
  causes          bigint[] not null,
  payload         json not null,
  unique nulls not distinct (contact, merge_key)
) with (fillfactor = 70, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
-- One index range per kind, in the order of work: a full queue of one kind never slows the claim of another.
create index tasks_ready on tasks (kind, rank, due_at, id) where state = 'NOT_STARTED';
create index tasks_asleep on tasks (not_before) where state = 'WAITING' and not_before is not null;
create index tasks_running on tasks (lease_until) where state = 'IN_PROGRESS';
-- What people look at: in order, whatever the kind.
create index tasks_for_people on tasks (rank, due_at, id) where state in ('WAITING', 'IN_PROGRESS');
create index tasks_lift on tasks (lift_at) where lift_at is not null;

create table finished_tasks (
  id           bigint primary key,
  contact      uuid,
  root         bigint not null,
  due_at       timestamptz not null,
  created_at   timestamptz not null,
  started_at   timestamptz,
  finished_at  timestamptz not null,
  depth        smallint not null,
  priority     smallint not null,
  attempt      smallint not null,
  kind         text not null,
  merge_key    text not null,
  state        text not null check (state in ('COMPLETED', 'FAILED', 'CANCELLED')),
  requested_by text not null,
  worker       text,
  error        text,
  causes       bigint[] not null,
  payload      json not null,
  result       json
);
create index finished_tasks_contact on finished_tasks (contact, id) where contact is not null;
create index finished_tasks_root on finished_tasks (root) where contact is null;

-- The effect ledger. An e-mail through a server is written as `sending` before the first byte leaves.
create table emails (
  id         bigint generated always as identity primary key,
  once_key   text not null unique,
  contact    uuid,
  task       bigint,
  root       bigint,
  created_at timestamptz not null,
  sent_at    timestamptz,
  state      text not null check (state in ('sending', 'sent', 'suppressed', 'unknown')),
  template   text not null,
  recipient  text not null,
  subject    text not null,
  body       text not null,
  reason     text,
  message_id text
);

create index emails_contact on emails (contact, id);
create index emails_task on emails (task);

create table alerts (
  id         bigint generated always as identity primary key,
  once_key   text not null unique,
  contact    uuid,
  task       bigint,
  root       bigint,
  created_at timestamptz not null,
  seen_at    timestamptz,
  seen_by    text,
  audience   text not null,
  name       text not null,
  title      text not null,
  body       text not null
);

create index alerts_contact on alerts (contact, id);
create index alerts_task on alerts (task);

-- Sign-in to the console. Only hashes of tokens are kept.
create table sessions (
  token_hash text primary key,
  person     text not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
create table sign_in_links (
  token_hash text primary key,
  person     text not null,
  expires_at timestamptz not null
);
