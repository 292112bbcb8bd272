/** Up to where the log is decided, for what is made from it a moment behind: before it, nothing changes any more. */

/** SQL: the position before the first undecided event, or the newest. @param runner a parameter with the name of the runner's place: "$1". */
export function decidedUpTo(runner: string): string {
  return `coalesce((select position from single_events where not settled and position > coalesce((select position from subscriptions where name = ${runner}), 0)
     order by position limit 1) - 1, newest_position())`;
}
