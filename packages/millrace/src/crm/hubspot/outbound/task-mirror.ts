/**
 * The tasks of people, shown as HubSpot tasks. A task has no event for its creation, so this looks at states: what
 * stands in our rows is compared with what was shown last, and the difference is written. Nothing can be missed, and
 * what changed ten times is written once. Keyed by a unique property of ours, so never doubled. Run by the engine.
 */

import type { Clock } from "../../../base/clock.ts";
import { processName } from "../../../base/process-name.ts";
import { textColumn } from "../../../db/columns.ts";
import type { Database } from "../../../db/database.ts";
import { PollLoop } from "../../../db/poll-loop.ts";
import type { TaskKind } from "../../../tasks/catalogue.ts";
import { type Lease, WRITER, withLease } from "../../lease.ts";
import type { AccountCheck } from "../client/account.ts";
import { type BatchInput, type ItemResult, writeBatch } from "../client/batch.ts";
import type { HubspotApi } from "../client/client.ts";
import type { CheckedHubspot } from "../client/hubspot-settings.ts";
import { associate } from "./activities.ts";
import { type MirroredTask, shownTask, TASK_KEY } from "./task-mapping.ts";

export interface TaskMirrorOptions {
  readonly db: Database;
  readonly api: HubspotApi;
  readonly settings: CheckedHubspot;
  readonly kinds: readonly TaskKind[];
  readonly clock: Clock;
  readonly checkAccount: AccountCheck;
  readonly onError: (error: unknown) => void;
}

const SWEEP_MS = 3_000;
const AT_ONCE = 100;
/** The writer of contacts lets go between two batches; there is a gap soon. */
const TIMEOUT_MS = 5_000;
const REST_MS = 3_000;

/** A record that was deleted in HubSpot cannot be joined to a task. */
const IS_THERE =
  "not exists (select from crm_records r where r.contact = i.contact and r.hubspot_id = i.value and r.deleted_at is not null)";

type Row = MirroredTask & {
  /** All that would change what is shown, in one text. */
  readonly look: string;
  readonly isAssociated: boolean;
  readonly contactId: string | null;
};

export class TaskMirror {
  readonly #options: TaskMirrorOptions;
  readonly #kinds: ReadonlyMap<string, TaskKind>;
  readonly #looper: PollLoop;
  readonly #holder = processName();
  #installation: string | undefined;
  #restUntil = 0;
  readonly #stopping = new AbortController();

  constructor(options: TaskMirrorOptions) {
    this.#options = options;
    this.#kinds = new Map(options.kinds.filter(({ isHuman }) => isHuman).map((kind) => [kind.kind, kind]));
    this.#looper = new PollLoop({ turn: () => this.turnNow(), sweepMs: SWEEP_MS, onError: options.onError });
  }

  start(): void {
    this.#looper.start();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#looper.stop();
  }

  /** One look at every task of a person. @returns true when there may be more to show. */
  async turnNow(): Promise<boolean> {
    if (performance.now() < this.#restUntil) return false;
    if ((await this.#changed()).length === 0) return false;
    let isFull = false;
    const held = await withLease(
      this.#options.db,
      { name: WRITER, holder: this.#holder, patienceMs: TIMEOUT_MS, signal: this.#stopping.signal },
      async (lease) => {
        if ((await this.#options.checkAccount()) !== undefined) return this.#rest();
        // Looked at again: while it waited, another process may have shown newer states, and the account may be another.
        const rows = await this.#changed();
        isFull = rows.length === AT_ONCE;
        return this.#show(rows, lease);
      },
    );
    return held?.done === true && isFull;
  }

  /** Tasks that look different from what was shown last; what HubSpot refused waits for its next change. */
  async #changed(): Promise<Row[]> {
    const rows = await this.#options.db.query<Row>(
      `with known as (
         select id, kind, contact, state, priority, due_at, payload, error, worker from tasks
         where standing in ('WAITING', 'IN_PROGRESS') and kind = any($1::text[])
         union all
         select f.id, f.kind, f.contact, f.state, f.priority, f.due_at, f.payload, f.error, f.worker
         from crm_tasks m cross join lateral finished_task(m.task) f where m.is_open
       ), looked as (
         select *, concat_ws('|', state, priority, extract(epoch from due_at), coalesce(worker, ''), coalesce(error, '')) as look from known
       )
       select k.id, k.kind, k.contact, k.state, k.priority, k.due_at as "dueAt", k.payload, k.error, k.worker,
              k.look, coalesce(m.is_associated, false) as "isAssociated",
              (select value from contact_identities i where i.contact = k.contact and i.kind = 'hubspot' and ${IS_THERE} order by value limit 1) as "contactId",
              c.properties
       from looked k left join crm_tasks m on m.task = k.id left join contacts c on c.id = k.contact
       where k.look is distinct from m.shown
          or (not m.is_associated and m.hubspot_id is not null
              and exists (select from contact_identities i where i.contact = k.contact and i.kind = 'hubspot' and ${IS_THERE}))
       order by k.id limit ${AT_ONCE}`,
      [textColumn([...this.#kinds.keys()])],
      "changed_crm_tasks",
    );
    return rows;
  }

  /** @returns whether HubSpot took them. */
  async #show(rows: readonly Row[], lease: Lease): Promise<boolean> {
    const { api, settings, clock } = this.#options;
    const writing = { api, lease, urgency: "normal" } as const;
    const installation = await this.#name();
    const inputs = rows.map((row): BatchInput => {
      const key = `${installation}-${row.id}`;
      const properties = { [TASK_KEY]: key, ...shownTask(row, this.#kinds.get(row.kind), settings.owners) };
      return { key, id: key, idProperty: TASK_KEY, properties };
    });
    const results = await writeBatch(writing, "tasks", "upsert", inputs);
    const taken = rows.flatMap((row, i) => {
      const result = results.get(inputs[i]?.key ?? "");
      return result === undefined ? [] : [{ row, result }];
    });
    const pairs = taken.flatMap(({ row, result }) =>
      result.ok && row.contactId !== null && !row.isAssociated
        ? [{ from: result.id, to: row.contactId, task: row.id }]
        : [],
    );
    const failure = await associate(writing, "tasks", "contacts", pairs);
    const associated = new Set(failure === undefined ? pairs.map(({ task }) => task) : []);
    await this.#record(taken, associated, clock.now());
    const isWell = failure === undefined && taken.every(({ result }) => result.ok || result.failure.kind === "refused");
    return isWell || this.#rest();
  }

  #rest(): false {
    this.#restUntil = performance.now() + REST_MS;
    return false;
  }

  async #record(
    taken: readonly { row: Row; result: ItemResult }[],
    associated: ReadonlySet<number>,
    now: number,
  ): Promise<void> {
    for (const { row, result } of taken) {
      if (!result.ok && result.failure.kind !== "refused") continue;
      const isJoined = row.isAssociated || row.contactId === null || associated.has(row.id);
      const isOpen = row.state === "WAITING" || row.state === "IN_PROGRESS" || (result.ok && !isJoined);
      await this.#options.db.query(
        `insert into crm_tasks as m (task, hubspot_id, shown, is_open, is_associated, refused, synced_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (task) do update set hubspot_id = coalesce(excluded.hubspot_id, m.hubspot_id), shown = excluded.shown,
           is_open = excluded.is_open, is_associated = m.is_associated or excluded.is_associated, refused = excluded.refused,
           synced_at = excluded.synced_at`,
        [
          row.id,
          result.ok ? result.id : null,
          row.look,
          isOpen,
          associated.has(row.id),
          result.ok ? null : result.failure.message,
          new Date(now),
        ],
        "note_crm_task",
      );
    }
  }

  async #name(): Promise<string> {
    if (this.#installation === undefined) {
      const [row] = await this.#options.db.query<{ id: string }>(
        "select left(id::text, 8) as id from crm_installation",
      );
      this.#installation = row?.id ?? "";
    }
    return this.#installation;
  }
}
