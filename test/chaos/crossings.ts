/** How each failpoint is crossed: by which job, and at which passing the process is ended. */
import { FAILPOINTS, type Failpoint } from "../../packages/millrace/src/base/failpoint.ts";

export type JobName =
  | "load"
  | "door"
  | "append"
  | "subscriber"
  | "crm"
  | "hooks"
  | "mails"
  | "erase"
  | "backup"
  | "restore"
  | "inbox";

export interface Crossing {
  readonly name: Failpoint;
  readonly job: JobName;
  /** The first and the last passing at which it may be; which one is drawn for each round. */
  readonly at: readonly [number, number];
  /** Where the process ended before, so that there is something to cross. */
  readonly prior?: Failpoint;
}

const SPECIAL: Partial<Record<Failpoint, Omit<Crossing, "name">>> = {
  "after-log-lock": { job: "load", at: [1, 4] },
  "before-append": { job: "append", at: [1, 1] },
  "after-append": { job: "append", at: [1, 1] },
  "before-door-written": { job: "door", at: [1, 3] },
  "after-door-written": { job: "door", at: [1, 3] },
  "before-email-abandoned": { job: "load", at: [1, 2] },
  "before-crm-batch": { job: "crm", at: [1, 1] },
  "after-crm-batch": { job: "crm", at: [1, 1] },
  "after-crm-recorded": { job: "crm", at: [1, 1] },
  "before-timer-fired": { job: "load", at: [1, 1] },
  "after-timer-fired": { job: "load", at: [1, 1] },
  "before-bulk-taken": { job: "load", at: [1, 1] },
  "after-bulk-taken": { job: "load", at: [1, 1] },
  "before-buffer-flushed": { job: "load", at: [1, 2] },
  "after-leadership": { job: "load", at: [1, 1] },
  "before-rescue": { job: "load", at: [1, 1], prior: "after-claim" },
  "before-migration": { job: "load", at: [1, 20] },
  "after-migration": { job: "load", at: [1, 20] },
  "after-alert-delivered": { job: "load", at: [1, 3] },
  "before-alert-delivered": { job: "load", at: [1, 3] },
  "before-event-delivered": { job: "subscriber", at: [1, 3] },
  "after-event-delivered": { job: "subscriber", at: [1, 3] },
  "before-webhook-kept": { job: "hooks", at: [1, 1] },
  "after-webhook-kept": { job: "hooks", at: [1, 1] },
  "before-webhook-taken": { job: "hooks", at: [1, 1] },
  "after-webhook-taken": { job: "hooks", at: [1, 1] },
  "after-mail-stated": { job: "mails", at: [1, 3] },
  "before-inbox-cursor": { job: "inbox", at: [1, 2] },
  "after-inbox-cursor": { job: "inbox", at: [1, 2] },
  "before-erasure-history": { job: "erase", at: [1, 1] },
  "before-erasure-recorded": { job: "erase", at: [1, 1] },
  "after-erasure": { job: "erase", at: [1, 1] },
  "before-backup-kept": { job: "backup", at: [1, 1] },
  "before-restore-kept": { job: "restore", at: [1, 1] },
};

export const crossings: readonly Crossing[] = FAILPOINTS.map((name) => ({
  name,
  ...(SPECIAL[name] ?? { job: "load", at: [1, 6] }),
}));
