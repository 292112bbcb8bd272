-- When what began the cascade of a task happened, so that what follows from its result need not be looked up in the log to
-- know its age. Null: asked for by the version before, and looked up.
alter table tasks add column born_at timestamptz;
