-- Who may sign in, and as what. Only hashes of passwords are kept.
create table people (
  name            text primary key,
  roles           text[] not null,
  created_at      timestamptz not null,
  created_by      text not null,
  removed_at      timestamptz,
  password        text,
  password_set_at timestamptz,
  -- Wrong passwords in a row, and until when none is looked at.
  failures        integer not null default 0,
  locked_until    timestamptz
);
-- Whoever was signed in or invited could do everything, and still can.
insert into people (name, roles, created_at, created_by)
select distinct person, array['admin'], clock_timestamp(), 'engine' from (select person from sessions union select person from sign_in_links) known;

-- A number to end it by; how it began; by which browser.
alter table sessions add column id bigint generated always as identity, add column via text not null default 'link', add column browser text;
create index sessions_person on sessions (person);
