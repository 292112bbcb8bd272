/**
 * That work began, as the log says it. A claim is a matter of the queue alone: the log is not locked for it, and no one
 * waits. Who ends the attempt (its result, a sweep that takes it away, a person who calls it off) writes the begin
 * before anything else, as it was: when, by whom, which attempt. Until then the task's own row shows it.
 */
import { collectStatus, type EffectSink, type WorkItem } from "./outcome.ts";

/** A task someone may have begun. */
export interface BegunItem extends WorkItem {
  readonly heldBy: string | null;
  readonly startedAt: number | null;
  readonly isBegunInLog: boolean;
}

/** States that the attempt began, unless the log says so already. */
export function collectBegun(item: BegunItem, sink: EffectSink): void {
  const { heldBy, startedAt } = item;
  if (item.isBegunInLog || heldBy === null || startedAt === null) return;
  collectStatus(item, { from: "NOT_STARTED", to: "IN_PROGRESS", by: heldBy }, startedAt, sink);
}
