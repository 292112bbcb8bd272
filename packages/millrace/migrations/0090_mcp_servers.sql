-- MCP servers whose tools agents use: whether one is left alone for a while, and how its tools were described when they were first seen.
create table mcp_servers (
  name      text primary key,
  state     text not null default 'up' check (state in ('up', 'down')),
  error     text,
  since     timestamptz,
  -- When one call may try it again.
  retry_at  timestamptz,
  failures  integer not null default 0,
  -- The task whose failure told people: a second attempt at it tells the same again, no other does.
  told_by   bigint,
  -- Hash of its settings: other settings are another server.
  settings  text,
  -- Hash of each tool as it was first seen, by name; and as it is offered now.
  tools     jsonb not null default '{}',
  offered   jsonb not null default '{}',
  changed   text[] not null default '{}'
);
