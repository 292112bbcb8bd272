-- What people said a reply says: positions alone, for the evaluation of the reader. The words stay in the log, where erasing finds them.
create table reply_labels (
  reading bigint primary key,
  reply   bigint not null,
  class   text not null,
  read_at timestamptz not null
);
create index reply_labels_of on reply_labels (reply, reading);
-- The message in pieces, in its order: what its sender wrote, and what was cut and why.
alter table inbound_mail add column pieces jsonb;
