-- System health (flow 6): what the monitor remembers between two turns, so that neither a restart nor a change of leader repeats or forgets.

-- True for work that was put off on purpose (a time, a cap, another attempt): it says nothing about how quick we are.
alter table tasks add column slept boolean not null default false;
alter table finished_tasks add column slept boolean not null default false;
-- Rows come in the order of time, so a few kilobytes find the last quarter of an hour; a b-tree would cost every task.
create index finished_tasks_when on finished_tasks using brin (finished_at) with (autosummarize = on);
create index emails_unknown on emails (id) where state = 'unknown';

-- Alerts about the system resolve themselves when their rule clears.
alter table alerts add column resolved_at timestamptz;
create index alerts_unresolved on alerts (root) where resolved_at is null and contact is null;

-- One row. place: up to where the log is counted. beat_at: by the database's clock, which all processes share.
create table monitor_state (
  one         boolean primary key default true check (one),
  place       bigint not null,
  turned_at   timestamptz,
  beat_at     timestamptz not null default clock_timestamp(),
  recorded_at timestamptz,
  magnitude   smallint not null default 0,
  metrics     json,
  -- The silence somebody was told of already: the beat it began with.
  silence_of  timestamptz
);

-- One row per rule and subject: raised, repeated, cleared. events: the facts that raised it, whose alerts are resolved with it.
create table health_alerts (
  alert       text not null,
  subject     text not null,
  raised_at   timestamptz not null,
  repeated_at timestamptz not null,
  cleared_at  timestamptz,
  data        json not null,
  events      bigint[] not null,
  primary key (alert, subject)
);

create table component_health (
  component  text primary key,
  ok         boolean not null,
  detail     text,
  changed_at timestamptz not null,
  told_at    timestamptz not null
);

-- What the agents did, one row per agent and turn, for the rates of the last quarter of an hour.
create table agent_runs (
  agent     text not null,
  at        timestamptz not null,
  completed integer not null,
  failed    integer not null,
  place     bigint not null,
  primary key (agent, at)
);

-- Which agents are stopped, and how many calls of one may be under way at once. Read by every process once a second.
create table agent_circuits (
  agent       text primary key,
  state       text not null default 'closed' check (state in ('closed', 'open', 'half_open')),
  reason      text,
  changed_by  text,
  opened_at   timestamptz,
  -- When a canary task is let through; null while open: when a person says so.
  retry_at    timestamptz,
  pause_ms    bigint not null default 0,
  failures    smallint not null default 0,
  canary      bigint,
  closed_at   timestamptz,
  concurrency smallint
);
