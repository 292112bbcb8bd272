-- For what was decided before the log was locked: draws its positions if everything still is as it was then.
-- Under the log's lock. One statement that fails fails what was sent behind it too, so nobody has to wait for its answer.
create function take_log_end(subscription text, expected_place bigint, expected_newest bigint, expected_next bigint, count bigint)
returns void language plpgsql as $$
begin
  perform from events_position p where p.last_value + p.is_called::int = expected_next;
  if not found or newest_position() <> expected_newest then
    raise exception using errcode = 'MR001', message = 'The log has grown since this was decided.';
  end if;
  perform from subscriptions where name = subscription and position = expected_place for update;
  if not found then
    raise exception using errcode = 'MR001', message = 'Somebody else has decided events since this was decided.';
  end if;
  perform setval('events_position', expected_next + count - 1);
end $$;
