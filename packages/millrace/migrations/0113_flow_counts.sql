-- How often each event, and each branch of each workflow, came: counted a moment behind the log (workflows/counts.ts), five minutes
-- at a time for a day and in one row for all time, so that a page with every branch of every workflow costs a few rows.
create table flow_counts (
  -- "event": name is its type. "branch": name is the workflow, with version and branch.
  what    text not null,
  name    text not null,
  version text not null default '',
  branch  text not null default '',
  -- The beginning of five minutes; -infinity: all time.
  bucket  timestamptz not null,
  count   bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (what, name, version, branch, bucket)
);
create index flow_counts_old on flow_counts (bucket) where bucket > '-infinity';
create table flow_counts_place (
  one      boolean primary key default true check (one),
  position bigint not null
);
insert into flow_counts_place (position) values (0);
