-- What people made of letters that a model wrote: positions and words of the engine alone, for evaluation and for `review: "first"`.
-- The letters stay in the log, where erasing finds them.
create table draft_labels (
  decision   bigint primary key,
  review     bigint not null,
  template   text not null,
  model      text not null,
  prompt     text not null,
  verdict    text not null check (verdict in ('approved', 'edited', 'refused')),
  decided_at timestamptz not null
);
create index draft_labels_of on draft_labels (template, model, prompt) where verdict = 'approved';
