-- Keys of programs beside the engine's own: each with what it may do, and for whom. Only a hash of the key is kept.
create table api_keys (
  name       text primary key,
  key_hash   text not null unique,
  scopes     text[] not null,
  -- The kinds of tasks it may work on; empty: every kind.
  kinds      text[] not null,
  -- On whose behalf it asks; null: it speaks for itself.
  acts_for   text,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz
);
