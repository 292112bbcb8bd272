/** What entries of several parts of the table share. */

export const TASK_ERRORS = ["not_found", "task_not_open", "task_held"] as const;
