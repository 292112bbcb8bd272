/**
 * Everything one batch of events leads to, decided and not yet written. References between its parts are positions,
 * or negative numbers that stand for events of the plan itself (see events/draft.ts).
 */
import type { Contact } from "../contacts/contact.ts";
import type { EventDraft, Reference } from "../events/draft.ts";
import type { Json, Position } from "../events/event.ts";
import type { TaskDraft } from "../tasks/draft.ts";
import type { AlertRow, EmailRow } from "../tasks/ledger.ts";
import type { CancelRequest, InlineTask } from "../tasks/queue.ts";

export interface PlannedDecision {
  readonly event: Reference;
  readonly contact: string | null;
  readonly workflow: string;
  readonly version: string;
  readonly branch: string;
  /** What was asked for, in short. */
  readonly outcomes: Json;
  readonly because: string | undefined;
}

export interface PlannedTimer {
  readonly key: string;
  readonly dueAt: number;
  readonly type: string;
  readonly data: Json;
  readonly contact: string | null;
  readonly cause: Reference;
  readonly root: Position;
}

export interface Plan {
  readonly events: (EventDraft & { readonly isSettled: boolean })[];
  /** New ones were unknown when the batch was read. */
  readonly contacts: { readonly contact: Contact; readonly position: Reference; readonly isNew: boolean }[];
  readonly decisions: PlannedDecision[];
  readonly tasks: TaskDraft[];
  readonly finished: InlineTask[];
  readonly emails: EmailRow[];
  readonly alerts: AlertRow[];
  readonly cancels: CancelRequest[];
  readonly timers: PlannedTimer[];
  readonly stoppedTimers: string[];
  /** Outside events whose chains have become too wide: nothing of them is decided any further. */
  readonly tooWide: Position[];
  readonly deadLetters: { readonly workflow: string; readonly event: Reference; readonly error: string }[];
}

export function emptyPlan(): Plan {
  return {
    events: [],
    contacts: [],
    decisions: [],
    tasks: [],
    finished: [],
    emails: [],
    alerts: [],
    cancels: [],
    timers: [],
    stoppedTimers: [],
    tooWide: [],
    deadLetters: [],
  };
}
