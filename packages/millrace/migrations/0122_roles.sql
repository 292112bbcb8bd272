-- A role that runs the engine needs no right to change the log, and none to change the schema: what it must do all the same goes
-- through functions of the owner's. Rights are given by `millrace migrate up --runtime-role`.

-- What was decided once more leaves its first decision.
create function forget_decisions(of_event bigint, by_workflows text[]) returns void
language sql security definer set millrace.replaying = 'on' as
$$ delete from single_decisions where event = of_event and workflow = any(by_workflows) $$;

-- Statistics are refreshed by the owner of a table only. in_passing: a small sample, and a table that is busy is left out.
create function analyze_tables(names text[], in_passing boolean) returns void language plpgsql security definer as $$
declare
  name text;
begin
  if in_passing then perform set_config('default_statistics_target', '1', true); end if;
  foreach name in array names loop
    execute format('analyze (skip_locked %s) %I', case when in_passing then 'true' else 'false' end, name);
  end loop;
end $$;

alter function erase_history(uuid[], bigint[], bigint[]) security definer;

do $$
declare
  signature text;
begin
  foreach signature in array array['erase_history(uuid[], bigint[], bigint[])', 'forget_decisions(bigint, text[])', 'analyze_tables(text[], boolean)'] loop
    execute format('alter function %s set search_path = %I, pg_temp', signature, current_schema());
    execute format('revoke execute on function %s from public', signature);
  end loop;
end $$;
