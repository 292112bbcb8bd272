-- How often an overdue task of a person has been told of: 0 not yet, 1 when it was due, 2 when it was escalated.
alter table tasks add column overdue_level smallint not null default 0;
create index tasks_overdue on tasks (due_at)
  where overdue_level < 2 and lease_until is null and state in ('WAITING', 'IN_PROGRESS');
