-- Events that a person had decided once more. What follows from that asks no model: it takes the answers that are on record.
create table replays (
  id          bigint generated always as identity primary key,
  event       bigint not null,
  root        bigint not null,
  -- The newest position before: what stands behind it and was caused by the event came of the replay.
  after       bigint not null,
  replayed_at timestamptz not null
);
create index replays_root on replays (root);
