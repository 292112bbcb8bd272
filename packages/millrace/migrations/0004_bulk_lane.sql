-- Where the events of imports wait until nobody else's do (R11). An event leaves it and enters the log in one transaction.
create table bulk_events (
  id          bigint generated always as identity primary key,
  source      text not null,
  event_id    text,
  type        text not null,
  data        json not null,
  contact     json,
  occurred_at timestamptz not null,
  actor       text not null,
  taken_at    timestamptz not null default clock_timestamp(),
  -- Why it could not enter the log; set aside, those behind it go on.
  error       text
);
create unique index bulk_events_delivery on bulk_events (source, event_id) where event_id is not null;
create index bulk_events_waiting on bulk_events (id) where error is null;
