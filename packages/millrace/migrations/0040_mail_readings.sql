-- The same Message-ID from another sender, or with other content, is another mail. What was read of each, and how, is kept beside it.
alter table inbound_mail drop constraint inbound_mail_message_id_key;
alter table inbound_mail
  add column digest  text not null default '',
  add column author  text,
  add column headers text,
  add column reading jsonb;
create unique index inbound_mail_once on inbound_mail (message_id, digest);
-- When a folder was last looked into and what went wrong since: the inbox is a component of health, and after a change of the
-- folder's validity what came since then is taken once more.
alter table inbox_places add column looked_at timestamptz, add column failing_since timestamptz, add column failed_at timestamptz, add column error text;
