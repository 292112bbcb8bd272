/** Who decides what results of tasks lead to, as the dispatcher knows it. Implemented by decider/decide-results.ts. */
import type { Result } from "./finish.ts";

export interface ResultDecider {
  /**
   * Writes results together with all that follows from them, in one transaction, and wakes who waits for any of it.
   * @returns those that were not written so, e.g. of tasks that were taken away: they are to be written by themselves, and
   *   decided by who reads them.
   */
  write(results: readonly Result[]): Promise<readonly Result[]>;
}
