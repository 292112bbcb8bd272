-- The mail channel. What the gate counts by (purpose), what a reply is threaded by (message_id), and the conversation a letter belongs to.
alter table emails add column purpose text, add column thread text;
create index emails_message on emails (message_id) where message_id is not null;
-- The rates of the last week: bounces and complaints among prospecting mails.
create index emails_prospecting on emails (created_at) where purpose in ('outreach', 'nurture');

-- Every address a letter leads to through us: the token in the letter names the row, the row alone knows the target, so there is no
-- open redirect. Link 0 is the pixel. A hit waits in its row for two seconds, until it is known whether it was one of a burst.
create table tracked_links (
  letter          text not null,
  link            smallint not null,
  target          text,
  contact         uuid not null,
  message_id      text not null,
  sent_at         timestamptz not null,
  hits            integer not null default 0,
  last_hit_at     timestamptz,
  pending_at      timestamptz,
  pending_machine text,
  primary key (letter, link)
) with (fillfactor = 80);
create index tracked_links_pending on tracked_links (pending_at) where pending_at is not null;

-- Every message that came in, once: taken into the log, ignored, or unreadable, and why.
create table inbound_mail (
  id          bigint generated always as identity primary key,
  message_id  text not null unique,
  received_at timestamptz not null,
  sender      text not null,
  subject     text not null,
  state       text not null check (state in ('taken', 'ignored', 'unreadable')),
  why         text not null,
  contact     uuid,
  event       bigint
);

-- How far each inbox has been read: UIDs grow, and begin anew when the server says so by another validity.
create table inbox_places (
  inbox        text primary key,
  uid_validity text not null,
  last_uid     bigint not null
);

-- What an operator stops by hand; read in the very transaction that would act.
create table switches (
  name       text primary key,
  is_off     boolean not null,
  reason     text,
  changed_by text not null,
  changed_at timestamptz not null
);
