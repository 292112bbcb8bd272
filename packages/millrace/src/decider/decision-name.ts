/** What the main thread and the watchdog thread agree on. No import: the thread loads little. */

/** Under this symbol the thread finds `describeDecision` in the main thread. */
export const DESCRIBE = "millrace.describeDecision";

/** What the thread reads of a decision that takes too long, as JSON. */
export interface DecisionUnderWay {
  readonly workflow: string;
  readonly version: string;
  readonly event: { readonly type: string; readonly position: number; readonly contact: string | null };
  /** The file the record of it goes to. */
  readonly recordFile: string;
  /** What has been accepted and is not in the log yet; it is appended at the next start. */
  readonly arrivals: readonly unknown[];
}
