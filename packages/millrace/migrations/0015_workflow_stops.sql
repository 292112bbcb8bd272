-- Workflows that are left out because a decision of theirs took too long, by version: a corrected one is asked again.
create table workflow_stops (
  workflow   text not null,
  version    text not null,
  reason     text not null,
  stopped_at timestamptz not null default clock_timestamp(),
  primary key (workflow, version)
);
