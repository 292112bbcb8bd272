/** The engine as a program that embeds it sees it. Made by create-engine.ts; what is behind it is in engine-handle.ts. */
import type { actions } from "../actions/table.ts";
import type { Tx } from "../db/database.ts";
import type { Replayed } from "../decider/replay.ts";
import type { Appended, Json, NewEvent, RecordedEvent } from "../events/event.ts";
import type { ActionFunctions, Asked, QueryFunctions } from "../operations/surface.ts";
import type { queries } from "../queries/table.ts";

/** What people and programs may do, by name: `claimTask`, `pauseMail`, `eraseContact` … The same as at HTTP and on the command line. */
export interface Actions extends ActionFunctions<typeof actions> {}
/** What may be asked, by name: `tasks`, `contact`, `explainContact`, `health` … */
export interface Queries extends QueryFunctions<typeof queries> {}

/** How a subscription reads the log. */
export interface SubscribeOptions {
  /** Unique. Its cursor is kept under it: started again under the same name, it goes on where it stopped. */
  readonly name: string;
  /** Takes events in order, inside the transaction that moves the cursor: what it writes by `tx` happens exactly once. */
  readonly take: (events: readonly RecordedEvent<string, Json>[], tx: Tx) => Promise<void>;
  /** Only these types. Default: all. */
  readonly types?: readonly string[];
  /** Where a new subscription begins. Default "start": with everything that ever happened. */
  readonly from?: "start" | "now";
  /** Events at most per transaction. Default 500. */
  readonly batchSize?: number;
  /** Attempts at one event before it is set aside as a dead letter and the rest goes on. Default 3. */
  readonly attempts?: number;
}

/** A subscription in use. */
export interface EventSubscription {
  readonly name: string;
  /** Takes no more; resolves when what is under way is committed. */
  stop(): Promise<void>;
}

/** Which event is decided once more, and how. */
export interface ReplayRequest {
  /** The event's position in the log. */
  readonly position: number;
  /** Only this workflow. Default: every one that waits for such an event. */
  readonly workflow?: string;
  /** Only say what would follow. Default true. */
  readonly dryRun?: boolean;
}

export interface Engine {
  /**
   * Appends events from outside, in this order; all or none. Resolves when they are durable: a crash at any later moment
   * loses nothing. An event whose (source, id) came before is not appended again.
   * @returns for each event its position, its contact, and whether it was there before.
   * @throws MillraceError unknown_event_type, invalid_event, invalid_contact, idempotency_conflict (nothing recorded), engine_stopped.
   */
  append(events: readonly NewEvent[]): Promise<readonly Appended[]>;
  /**
   * Takes events that need no answer, e.g. of an import: they enter the log, in order, while no live event waits.
   * Resolves when they are durable. A thousand at a time is a good size.
   * @returns how many were taken; those that wait already are not counted.
   * @throws MillraceError unknown_event_type, invalid_event (nothing was taken), engine_stopped.
   */
  appendBulk(events: readonly NewEvent[]): Promise<number>;
  /** Resolves when nothing that is due is left: no event undecided, no task an agent could do, no timer. */
  idle(): Promise<void>;
  /** Takes no more, lets the work under way end and be written, closes everything. Calling it twice is fine. */
  stop(): Promise<void>;
  /** Adds a consumer of the log with a cursor of its own. It ends with the engine, or by its own `stop`. */
  subscribe(options: SubscribeOptions): Promise<EventSubscription>;
  /**
   * Lets workflows decide an event once more, as it was then; every gate holds: no e-mail goes out twice. The same as
   * `actions.replayEvent`.
   * @throws MillraceError not_found (no such event), unknown_workflow.
   */
  replay(request: ReplayRequest, asked: Asked): Promise<Replayed>;
  /**
   * What people and programs do.
   * @example await engine.actions.claimTask({ id: 1001 }, { by: "ada" });
   */
  readonly actions: Actions;
  /**
   * What may be asked.
   * @example const { tasks } = await engine.queries.tasks({ role: "sales", limit: 20 });
   */
  readonly queries: Queries;
}
