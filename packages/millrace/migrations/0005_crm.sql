-- What the CRM knows of a contact, as far as this engine wrote it.
-- written: the newest value of ours by property, {value, position, at, kept}; position: the contact's event behind the
-- last write; logged: the last event of the contact whose activity (e-mail, note) stands in the CRM.
create table crm_records (
  contact    uuid primary key,
  hubspot_id text unique,
  written    jsonb not null default '{}',
  position   bigint not null default 0,
  logged     bigint not null default 0,
  is_out     boolean not null default false,
  synced_at  timestamptz
);

-- Human tasks as the CRM shows them. shown: what was written last; refused: why the CRM would not take that.
create table crm_tasks (
  task          bigint primary key,
  hubspot_id    text unique,
  shown         text not null default '',
  is_open       boolean not null default true,
  is_associated boolean not null default false,
  refused       text,
  synced_at     timestamptz
);
create index crm_tasks_open on crm_tasks (task) where is_open;

-- The pace of calls to the CRM, one row a lane, shared by all processes: the moment of the next free call.
create table rate_budgets (
  name    text primary key,
  next_at timestamptz not null,
  day     date not null,
  used    bigint not null default 0
);

-- Who may write to the CRM now. A lease in a row, judged by the database's clock.
create table crm_leases (
  name   text primary key,
  holder text not null,
  until  timestamptz not null
);

-- Tells this installation's tasks from another one's in the same CRM account.
create table crm_installation (id uuid not null default gen_random_uuid());
insert into crm_installation default values;
