/**
 * Today's workflows on recorded history: each event of the log is decided once more, with its contact as it was then, and compared with
 * the decision that stands in the log. Nothing is written, and no agent or model is asked: what agents, models and HubSpot answered are events of
 * the log. What another decision would have led to is not played on: later events are those that happened.
 */
import { messageOf } from "../base/errors.ts";
import type { Contact } from "../contacts/contact.ts";
import { newContact } from "../contacts/contact.ts";
import { foldContact } from "../contacts/fold.ts";
import type { Queryable } from "../db/database.ts";
import type { Json, Position, RecordedEvent } from "../events/event.ts";
import { EVENT_COLUMNS } from "../events/log.ts";
import type { Facts } from "../workflows/condition.ts";
import { decideTriggers } from "../workflows/decide.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { type Listening, WorkflowSet } from "../workflows/workflow-set.ts";
import { BacktestTally, type ComparedDecision, type WorkflowBacktest } from "./backtest-tally.ts";
import { inShort } from "./cascade-plan.ts";
import { throwLocation } from "./throw-location.ts";

export interface BacktestRequest {
  /** All that wait for events, of the pack and of the project. */
  readonly workflows: readonly Workflow[];
  /** Only this one, there or on record. Default: all. */
  readonly workflow?: string | undefined;
  /** Events since then, in Unix milliseconds. Default: all. What came before still makes the contact. */
  readonly since?: number | undefined;
  /** Only of this contact, by our id. Default: all, and events about none. */
  readonly contact?: string | undefined;
  /** Depth at which a cascade ends in the hands of a person: nothing is decided from there on. */
  readonly maxDepth: number;
  /** Events named for each kind of difference. */
  readonly maxExamples: number;
  /** @param done 0 to 1. */
  readonly onProgress: (done: number, events: number) => void;
}

export interface Backtest {
  /** Events that were decided once more. */
  readonly events: number;
  readonly contacts: number;
  readonly workflows: readonly WorkflowBacktest[];
}

type Event = RecordedEvent<string, Json>;

interface DecisionRow {
  readonly event: Position;
  readonly workflow: string;
  readonly version: string;
  readonly branch: string;
  readonly outcomes: readonly Json[];
  readonly decidedAt: number;
}

const CONTACTS_AT_ONCE = 200;
const EVENTS_AT_ONCE = 5_000;
const NIL = "00000000-0000-0000-0000-000000000000";

export async function backtest(db: Queryable, request: BacktestRequest): Promise<Backtest> {
  const run = new Run(db, request);
  if (request.contact === undefined) await run.all();
  else await run.contacts([request.contact]);
  return run.result;
}

class Run {
  readonly #db: Queryable;
  readonly #request: BacktestRequest;
  readonly #workflows: WorkflowSet;
  readonly #tally: BacktestTally;
  #events = 0;
  #contacts = 0;

  constructor(db: Queryable, request: BacktestRequest) {
    const { workflows, workflow } = request;
    this.#db = db;
    this.#request = request;
    this.#workflows = new WorkflowSet(workflows.filter(({ name }) => workflow === undefined || name === workflow));
    this.#tally = new BacktestTally(request.maxExamples);
  }

  get result(): Backtest {
    return { events: this.#events, contacts: this.#contacts, workflows: this.#tally.workflows };
  }

  async all(): Promise<void> {
    const { since, onProgress } = this.#request;
    const [first] = await this.#db.query<{ position: Position | null }>(
      "select min(position) as position from events where occurred_at >= to_timestamp($1::float8 / 1000)",
      [since ?? 0],
    );
    // Nothing has happened since.
    if (first?.position === null || first === undefined) return;
    const [all] = await this.#db.query<{ count: number }>(
      "select count(*)::int as count from contacts where position >= $1",
      [first.position],
    );
    for (let after = NIL; ; ) {
      const page = await this.#db.query<{ id: string }>(
        `select id from contacts where id > $1 and position >= $2 order by id limit ${CONTACTS_AT_ONCE}`,
        [after, first.position],
      );
      const last = page.at(-1);
      if (last === undefined) break;
      await this.contacts(page.map(({ id }) => id));
      onProgress(this.#contacts / Math.max(1, all?.count ?? 1), this.#events);
      after = last.id;
    }
    await this.#aboutNone(first.position);
  }

  async contacts(ids: readonly string[]): Promise<void> {
    const events = await this.#db.query<Event>(
      `select e.* from unnest($1::uuid[]) as c(id)
        cross join lateral (select ${EVENT_COLUMNS} from events_of(c.id)) e order by position`,
      [ids],
    );
    const decided = await this.#db.query<DecisionRow>(
      `select event, workflow, version, branch, outcomes, decided_at as "decidedAt"
         from single_decisions where event = any($2::bigint[])
       union all
       select d.event, d.workflow, d.version, d.branch, d.outcomes, d.decided_at
         from settlements s cross join lateral decisions_in(s) d where s.contact = any($1::uuid[])`,
      [ids, events.map(({ position }) => position)],
    );
    const byEvent = Map.groupBy(decided, ({ event }) => event);
    for (const [id, own] of Map.groupBy(events, ({ contact }) => contact)) {
      if (id !== null) this.#oneContact(id, own, byEvent);
    }
    this.#contacts += ids.length;
  }

  /** Those about no contact: the engine's own. */
  async #aboutNone(from: Position): Promise<void> {
    for (let after = from - 1; ; ) {
      const events = await this.#db.query<Event>(
        `select ${EVENT_COLUMNS} from single_events where contact is null and position > $1 order by position limit ${EVENTS_AT_ONCE}`,
        [after],
      );
      const last = events.at(-1);
      if (last === undefined) return;
      const decided = await this.#db.query<DecisionRow>(
        `select event, workflow, version, branch, outcomes, decided_at as "decidedAt"
           from single_decisions where event = any($1::bigint[])`,
        [events.map(({ position }) => position)],
      );
      const byEvent = Map.groupBy(decided, ({ event }) => event);
      for (const event of events) this.#decide(event, undefined, undefined, byEvent.get(event.position) ?? []);
      after = last.position;
    }
  }

  #oneContact(id: string, events: readonly Event[], decided: ReadonlyMap<Position, readonly DecisionRow[]>): void {
    // What was known of an erased person is gone, so nothing of it can be compared.
    if (events.some(({ type }) => type === "contact_erased")) return;
    let contact: Contact | undefined;
    for (const event of events) {
      const before = contact;
      contact = foldContact(contact ?? newContact(id, event.occurredAt), event);
      this.#decide(event, before, contact, decided.get(event.position) ?? []);
    }
  }

  #decide(event: Event, before: Contact | undefined, after: Contact | undefined, rows: readonly DecisionRow[]): void {
    const { since = 0, maxDepth, workflow } = this.#request;
    if (event.occurredAt < since || event.depth >= maxDepth) return;
    this.#events += 1;
    const recorded = new Map(rows.map((row) => [row.workflow, row]));
    const now = rows[0]?.decidedAt ?? event.occurredAt;
    for (const listening of this.#workflows.on(event)) {
      const { name } = listening.workflow;
      const was = recorded.get(name);
      recorded.delete(name);
      this.#tally.add(name, event, was && comparedRow(was), decided(listening, { event, before, after, now }));
    }
    for (const [name, was] of recorded) {
      if (workflow === undefined || name === workflow) this.#tally.add(name, event, comparedRow(was), undefined);
    }
  }
}

function decided({ workflow, triggers }: Listening, facts: Facts): ComparedDecision | Error {
  try {
    const { version, branch, wanted } = decideTriggers(workflow, triggers, facts);
    return { version, branch, asks: wanted.map((one) => askOf(inShort(one))) };
  } catch (error) {
    return new Error(`${messageOf(error)}${throwLocation(error)}`);
  }
}

function comparedRow({ version, branch, outcomes }: DecisionRow): ComparedDecision {
  return { version, branch, asks: outcomes.map(askOf) };
}

/** `{ task: "send_email" }` is "task send_email"; `{ schedule: "follow_up", key: "touch" }` is "schedule follow_up (touch)". */
function askOf(outcome: Json): string {
  const { key, ...rest } = outcome as Readonly<Record<string, Json>>;
  const [verb = "", what = ""] = Object.entries(rest)[0] ?? [];
  return `${verb} ${what}${key === undefined ? "" : ` (${key})`}`;
}
