/**
 * Deciding an event once more: after a workflow was mended, or to try it. The workflows see the contact as it was when
 * the event happened, built from the log; what they ask for is really asked for, and every gate holds: one e-mail per
 * once-key, one open task per contact and kind. Called by the engine for people (`events replay`, dead letters).
 */
import { MillraceError } from "../base/errors.ts";
import type { Contact } from "../contacts/contact.ts";
import { newContact } from "../contacts/contact.ts";
import { foldContact } from "../contacts/fold.ts";
import type { Queryable, Tx } from "../db/database.ts";
import type { Json, Position, RecordedEvent } from "../events/event.ts";
import { appendFacts, type Fact } from "../events/facts.ts";
import { EVENT_COLUMNS, rootTimesOf } from "../events/log.ts";
import { lockLog } from "../events/log-lock.ts";
import { reservePositions } from "../events/log-writer.ts";
import { noteReplay } from "../events/replays.ts";
import { resolveDeadLetter } from "../events/subscription.ts";
import { openTasksOf } from "../tasks/queue.ts";
import { WorkflowSet } from "../workflows/workflow-set.ts";
import { cascade } from "./cascade.ts";
import type { ReplayInput } from "./cascade-unit.ts";
import { countDecidedLate } from "./counts.ts";
import { layOut } from "./layout.ts";
import type { Plan, PlannedDecision } from "./plan.ts";
import { IDS_PER_EVENT } from "./read-input.ts";
import type { RunnerOptions } from "./runner.ts";
import { writePlan } from "./write-plan.ts";

export interface ReplayRequest {
  readonly event: Position;
  /** Only this workflow. Default: every one that waits for such an event. */
  readonly workflow?: string;
  /** Only tell what would follow. Default false. */
  readonly isDryRun?: boolean;
  /** What follows asks no language model: it takes the answers that are on record. Default false, for events never decided before. */
  readonly asksNobody?: boolean;
  /** Appended beside what is decided, all or nothing: who asked for it. Not with a dry run. */
  readonly facts?: readonly Fact[];
  /** Who states those facts. Default "engine". */
  readonly actor?: string;
}

export interface Replayed {
  readonly event: Position;
  readonly type: string;
  readonly decisions: readonly ReplayedDecision[];
  /** Errors of workflows that fail still; nothing of theirs was done. */
  readonly errors: readonly string[];
}

export interface ReplayedDecision extends Pick<PlannedDecision, "workflow" | "version" | "branch" | "outcomes"> {
  /** Why nothing, or not everything, would be done. */
  readonly because?: string | undefined;
}

type Parts = Pick<RunnerOptions, "db" | "wakeUps" | "clock" | "taskIds" | "rules" | "agingMs">;

/** @throws MillraceError not_found (no such event), unknown_workflow. */
export async function replayEvent(parts: Parts, request: ReplayRequest): Promise<Replayed> {
  const { db, wakeUps, taskIds } = parts;
  await taskIds.ensure(db, IDS_PER_EVENT);
  const replayed = await db.transaction(async (tx) => {
    // No one appends meanwhile, so what is decided here stands behind everything that happened so far.
    if (!request.isDryRun) await lockLog(tx);
    const event = await readEvent(tx, request.event);
    const made = await whatWasMade(tx, event);
    const plan = await decideAgain(tx, event, parts, request.workflow, made);
    if (!request.isDryRun && request.asksNobody) await noteReplay(tx, event, parts.clock.now());
    if (!request.isDryRun) await write(tx, event, plan, parts, { ...request, made });
    const decisions = plan.decisions.map(({ event: _, contact: __, ...decision }) => decision);
    return { event: event.position, type: event.type, decisions, errors: errorsOf(plan) };
  });
  if (!request.isDryRun) {
    wakeUps.local("events");
    wakeUps.local("tasks");
  }
  return replayed;
}

async function decideAgain(
  db: Queryable,
  event: RecordedEvent<string, Json>,
  { clock, taskIds, rules }: Parts,
  workflow: string | undefined,
  made: ReplayInput,
): Promise<Plan> {
  // A person asks for it: how wide its chain became before is no reason against it.
  const { workflows, widths: _, ...others } = rules();
  const before = await contactBefore(db, event);
  const contacts = event.contact === null ? [] : [event.contact];
  return cascade(
    // What agents do is done by what is known now, so it goes through the queue.
    { ...others, workflows: chosen(workflows, workflow), pureHandlers: new Map() },
    {
      events: [event],
      contacts: new Map(before === undefined ? [] : [[before.id, before]]),
      names: new Map(),
      births: event.depth > 0 ? await rootTimesOf(db, [event.position]) : new Map(),
      openTasks: await openTasksOf(db, contacts),
      // What follows stands behind everything the log has, and is decided in its turn.
      deferred: new Set(contacts),
      now: clock.now(),
      takeTaskGroup: () => taskIds.takeGroup(),
      replay: made,
    },
  );
}

/** What was made of the event when it was decided first. */
async function whatWasMade(db: Queryable, event: RecordedEvent): Promise<ReplayInput> {
  const stated = await db.query<{ key: string }>(
    `select actor || ' ' || type as key from ${event.contact === null ? "single_events where contact is null" : "events_of($2) where true"}
       and cause = $1 and position > $1`,
    event.contact === null ? [event.position] : [event.position, event.contact],
  );
  const decided = await db.query<{ workflow: string }>(
    "select workflow from decisions_of($2, array[$1::bigint]) where coalesce(because, '') not like 'error: %'",
    [event.position, event.contact],
  );
  const sent = await db.query<{ key: string }>(
    `select once_key as key from emails where contact is not distinct from $1 and state in ('sent', 'sending', 'unknown')
     union all select once_key from alerts where contact is not distinct from $1`,
    [event.contact],
  );
  return {
    stated: new Set(stated.map((row) => row.key)),
    decided: new Set(decided.map((row) => row.workflow)),
    sent: new Set(sent.map((row) => row.key)),
  };
}

async function write(
  tx: Tx,
  event: RecordedEvent,
  plan: Plan,
  { clock, wakeUps, agingMs }: Parts,
  { facts = [], actor = "engine", made }: ReplayRequest & { readonly made: ReplayInput },
): Promise<void> {
  const failed = new Set(plan.deadLetters.map((deadLetter) => deadLetter.workflow));
  const decided = plan.decisions.filter((decision) => !failed.has(decision.workflow));
  // The one way in which a decision leaves: it was decided once more.
  await tx.query("select forget_decisions($1, $2::text[])", [
    event.position,
    plan.decisions.map((decision) => decision.workflow),
  ]);
  const { first } = await reservePositions(tx, Math.max(plan.events.length, 1));
  // The contact has long known of the event.
  await writePlan(tx, { ...plan, contacts: [] }, layOut(plan), first, { now: clock.now(), agingMs });
  const names = decided.map(({ workflow }) => workflow);
  await countDecidedLate(
    tx,
    event.position,
    names.filter((name) => !made.decided.has(name)),
  );
  for (const { workflow } of decided) {
    await resolveDeadLetter(tx, `workflow:${workflow}`, event.position, "decided again");
  }
  // Where every workflow failed, nothing was done that could be told.
  if (decided.length > 0 || failed.size === 0) await appendFacts(tx, facts, actor, clock.now());
  await wakeUps.remote(tx, "events");
  await wakeUps.remote(tx, "tasks");
}

function errorsOf(plan: Plan): string[] {
  return plan.deadLetters.map((deadLetter) => `${deadLetter.workflow}: ${deadLetter.error}`);
}

function chosen(workflows: WorkflowSet, name: string | undefined): WorkflowSet {
  if (name === undefined) return workflows;
  const found = workflows.find(name);
  if (found !== undefined) return new WorkflowSet([found]);
  throw new MillraceError("unknown_workflow", {
    saw: `There is no workflow "${name}" any more.`,
    next: "`millrace workflows list` shows those that run.",
    field: "workflow",
  });
}

async function readEvent(db: Queryable, position: Position): Promise<RecordedEvent<string, Json>> {
  const [event] = await db.query<RecordedEvent<string, Json>>(`select ${EVENT_COLUMNS} from events_at($1)`, [position]);
  if (event !== undefined) return event;
  throw new MillraceError("not_found", {
    saw: `The log has no event ${position}.`,
    next: "`millrace events tail` shows the newest ones.",
    field: "position",
  });
}

/** The contact as it was before the event: folded from its own events, which the log keeps in order. */
async function contactBefore(db: Queryable, event: RecordedEvent): Promise<Contact | undefined> {
  if (event.contact === null) return undefined;
  const earlier = await db.query<RecordedEvent<string, Json>>(
    `select ${EVENT_COLUMNS} from events_of($1) where position < $2 order by position`,
    [event.contact, event.position],
  );
  let contact: Contact | undefined;
  for (const one of earlier) contact = foldContact(contact ?? newContact(event.contact, one.occurredAt), one);
  return contact;
}
