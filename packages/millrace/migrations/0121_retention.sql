-- Up to which row each kind of text was looked through; begun anew once a week, for rows that were not to be emptied at the time.
create table retention_places (
  kind     text primary key,
  place    bigint not null default 0,
  begun_at timestamptz not null
);

-- Tables whose statistics may still hold values of people that were erased; analyzed by the next sweep.
alter table erasure_marks add column analyze_due text[] not null default '{}';
