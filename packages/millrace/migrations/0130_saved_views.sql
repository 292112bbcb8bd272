-- Filters of a list that a person keeps under a name. The address of a screen is its state, so the address is what is kept.
create table saved_views (
  person   text not null,
  screen   text not null,
  name     text not null,
  search   text not null,
  saved_at timestamptz not null,
  primary key (person, screen, name)
);
