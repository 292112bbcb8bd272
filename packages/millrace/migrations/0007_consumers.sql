-- Flow 9. What analytics knows of each lead: the scoring that counts is the last one before it converted.
create table analytics_leads (
  contact      uuid primary key,
  score        double precision not null,
  band         text not null,
  rubric       text not null,
  -- Points by feature of the rubric.
  features     jsonb not null,
  scored_at    timestamptz not null,
  converted_at timestamptz,
  conversion   text
);

-- Processes outside that get the log by signed webhook: how it goes. Their place in the log is in `subscriptions`.
create table webhook_subscribers (
  name        text primary key,
  attempts    integer not null default 0,
  next_at     timestamptz,
  lease_until timestamptz,
  delivered   bigint not null default 0,
  last_at     timestamptz,
  last_status integer,
  last_error  text,
  disabled_at timestamptz
);
