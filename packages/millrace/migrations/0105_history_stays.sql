-- Decisions and finished tasks are as little to be removed as events. What is decided once more leaves its first decision: the
-- replay says so by a setting of its transaction.
create function refuse_removal() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('millrace.replaying', true) = 'on' then return null; end if;
  raise exception 'The log is append-only: % on % is refused.', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger decisions_stay before delete or truncate on single_decisions for each statement execute function refuse_removal();
create trigger finished_tasks_stay before truncate on single_finished_tasks for each statement execute function refuse_removal();
