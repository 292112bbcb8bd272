-- What the same error is called, whatever names and numbers stand in it: dead letters with one cause are tried again together.
create function cause_of(error text) returns text language sql immutable as $$
  select regexp_replace(regexp_replace(regexp_replace(left(error, 400), '"[^"]*"|''[^'']*''', '…', 'g'),
           '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[\w.+-]+@[\w.-]+', '…', 'g'), '\d+', 'N', 'g')
$$;

-- What came back from people, the newest first: conversations are found by it. Other events cost it nothing.
create index events_replies on single_events (position) where type = 'email_engagement' and data->>'engagement' = 'replied';
create index inbound_mail_event on inbound_mail (event) where event is not null;

-- Alerts of these names are written and brought nowhere until then.
create table alert_mutes (
  audience text not null,
  name     text not null,
  until    timestamptz,
  reason   text,
  muted_by text not null,
  muted_at timestamptz not null,
  primary key (audience, name)
);
