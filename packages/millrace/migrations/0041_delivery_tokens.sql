-- A signature that covers a token and not the message (Mailgun's) is good for one message only: which one is kept here for as long as
-- the signature could be shown again.
create table delivery_tokens (
  token   text primary key,
  digest  text not null,
  seen_at timestamptz not null
);
create index delivery_tokens_age on delivery_tokens (seen_at);
