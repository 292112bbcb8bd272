-- Passkeys: the public half of a key a person's device holds, by the id the device gave it (base64url).
create table passkeys (
  id           text primary key,
  person       text not null,
  label        text not null,
  public_key   bytea not null,
  -- How often the device says it was used; 0 for those that do not count.
  counter      bigint not null,
  transports   text[] not null,
  -- The name of the address it was made for, which the browser holds it to.
  relying_party text not null,
  created_at   timestamptz not null default clock_timestamp(),
  last_used_at timestamptz
);
create index passkeys_person on passkeys (person);

-- What a device is asked to sign, once and within minutes. `session`: to add a passkey in it; null: to sign in.
create table passkey_challenges (
  challenge  text primary key,
  session    bigint,
  expires_at timestamptz not null
);

-- The passkey a session began by: it ends with it.
alter table sessions add column passkey text;
