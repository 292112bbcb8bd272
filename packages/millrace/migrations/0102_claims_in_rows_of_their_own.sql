-- A claim is a row of its own, one for all the tasks it took: who has them, and until when. So a heartbeat writes one row a
-- claim, whoever looks for lost work looks at the few claims there are, and what a claim changes of a task is in no index:
-- one new version of the row and no entry of any index (HOT). Before, a claim made five index entries for each task.
create sequence task_claim_ids as bigint;
create table task_claims (
  id          bigint primary key,
  worker      text not null,
  lease_until timestamptz not null,
  -- The earliest of its tasks'.
  timeout_at  timestamptz not null,
  -- Those it took; it holds those that still name it.
  tasks       bigint[] not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);

-- standing: what a task is when no claim holds it; does not change while one does. state: what both come to.
alter table tasks add column claim bigint,
  add column standing text not null default 'NOT_STARTED' check (standing in ('NOT_STARTED', 'IN_PROGRESS', 'WAITING'));
update tasks set standing = state where lease_until is null;
-- What the version before had under way stays held, each task by a claim of its own.
update tasks set claim = nextval('task_claim_ids') where lease_until is not null;
insert into task_claims (id, worker, lease_until, timeout_at, tasks)
select claim, coalesce(worker, ''), lease_until, coalesce(timeout_at, 'infinity'), array[id] from tasks where claim is not null;
alter table tasks alter column standing drop default, drop column state, drop column lease_until;
alter table tasks add column state text not null generated always as (case when claim is null then standing else 'IN_PROGRESS' end) stored;
-- Room on each page for the version a claim makes.
alter table tasks set (fillfactor = 50);
-- Those that told states apart are gone with the column. What a claim holds stays in tasks_ready, and is passed over.
create index tasks_ready on tasks (kind, rank, due_at, id) where standing = 'NOT_STARTED';
create index tasks_asleep on tasks (not_before) where standing = 'WAITING' and not_before is not null;
-- What people look at: in order, whatever the kind.
create index tasks_for_people on tasks (rank, due_at, id) where standing in ('WAITING', 'IN_PROGRESS');
create index tasks_overdue on tasks (due_at) where overdue_level < 2 and standing in ('WAITING', 'IN_PROGRESS');

-- The tasks that are held, with the claims that hold them. `offset 0` has each claim look for its own by their ids: as one
-- join, planned before anything was analyzed, it read all of the queue.
create view held_tasks as
select t.*, c.lease_until, c.timeout_at as claim_timeout_at
from task_claims c cross join lateral (select * from tasks where id = any(c.tasks) and claim = c.id offset 0) t;
