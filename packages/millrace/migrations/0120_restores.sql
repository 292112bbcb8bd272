-- Which database this is: compared at every start with what the server says of itself. A copy has the row of its original.
create table database_identity (
  only_one          boolean primary key default true check (only_one),
  system_identifier text not null,
  database_oid      bigint not null,
  timeline          bigint not null,
  -- The embedded cluster's own file, by its number and birth on the disk; null: the server's files are not ours to see.
  cluster_file      text,
  -- Drawn anew whenever this database is found to be another than it was.
  lineage           uuid not null
);

-- Each time it was: until an admin has confirmed it, mail, CRM writes and webhooks are kept in.
create table restores (
  id            bigint generated always as identity primary key,
  found_at      timestamptz not null,
  how           text not null check (how in ('restored', 'copied', 'went_back', 'by_hand')),
  detail        text not null,
  -- The newest position of what was found; what came behind it is missing here, and may have been sent.
  newest        bigint not null,
  -- The newest position that was seen before; null: it is not known.
  last_missing  bigint,
  ended_lineage uuid not null,
  -- The event by which it was told; null: not yet.
  told_by       bigint,
  confirmed_at  timestamptz,
  confirmed_by  text,
  -- What became of the e-mails that waited.
  emails        text check (emails in ('send', 'cancel'))
);
create unique index restores_unconfirmed on restores ((confirmed_at is null)) where confirmed_at is null;
