-- What the CRM says comes in here.

-- What could not be read, kept as it came, for a person.
create table crm_set_aside (
  id          bigint generated always as identity primary key,
  received_at timestamptz not null,
  error       text not null,
  raw         text not null
);

-- Changes of contacts nobody here knows yet: they wait until the CRM has been asked who that is.
create table crm_waiting (
  id          bigint generated always as identity primary key,
  source      text not null,
  event_id    text not null,
  hubspot_id  text not null,
  change      json not null,
  received_at timestamptz not null,
  unique (source, event_id)
);
create index crm_waiting_contact on crm_waiting (hubspot_id, id);

-- The newest value by property that the CRM told of, {value, at, position}: at by the CRM's clock; position 0 when it
-- was nothing new here.
create table crm_heard (
  hubspot_id text primary key,
  heard      jsonb not null
);

-- How far polling and importing have come, and when a webhook came last.
create table crm_places (
  name  text primary key,
  place jsonb not null
);

-- Contacts that turned out to be one: who asks for the alias is told of the contact.
create table contact_aliases (
  alias   uuid primary key,
  contact uuid not null
);
create index contact_aliases_contact on contact_aliases (contact);
