-- A key that was rotated works beside the new one until then, so that a program can be given the new one meanwhile.
alter table api_keys
  add column rotated_at timestamptz,
  add column old_hash   text unique,
  add column old_until  timestamptz;
