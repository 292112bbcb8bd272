-- A claim neither locks the log nor writes to it: that an attempt began is written by whoever ends it. False: the log does
-- not say yet that the attempt under way began. What was claimed before this column came has said so, and people say so at once.
alter table tasks add column begun_in_log boolean not null default true;
