-- Every question asked of a language model, what was answered and what it cost. Inserted before the model is asked, with what it
-- may cost at most, so that caps hold also for what is under way and for what a killed process had asked.
create table model_calls (
  id             bigint generated always as identity primary key,
  task           bigint not null,
  -- Which question of the task: an answer on record is not asked for again.
  step           text not null,
  contact        uuid,
  agent          text not null,
  prompt         text not null,
  model          text not null,
  request_hash   text not null,
  request        json,
  state          text not null default 'asking' check (state in ('asking', 'answered', 'failed')),
  outcome        text,
  answer         json,
  error          text,
  input_tokens   integer,
  cached_tokens  integer,
  output_tokens  integer,
  reserved_usd   double precision not null,
  cost_usd       double precision,
  asked_at       timestamptz not null,
  ended_at       timestamptz
);
create index model_calls_task on model_calls (task, step, request_hash);
create index model_calls_contact on model_calls (contact, asked_at) where contact is not null;
create index model_calls_asked on model_calls (asked_at);

-- What an agent has done within a task, step by step: an attempt behind a kill goes on behind the last one.
create table task_steps (
  task     bigint not null,
  name     text not null,
  contact  uuid,
  -- A step that acts on the world stands here before it is done; without a result it is not known whether it was.
  is_done  boolean not null,
  result   json,
  begun_at timestamptz not null default clock_timestamp(),
  done_at  timestamptz,
  primary key (task, name)
);
create index task_steps_contact on task_steps (contact) where contact is not null;
