/**
 * What an engine's log, decisions and tasks tell, in words that do not depend on ids, positions, processes or on how the
 * work of different tasks was interleaved: two ways of working are the same when these are.
 */
import type { EngineHandle } from "../../packages/millrace/src/engine/engine-handle.ts";

export interface History {
  /** Every event by what led to it, sorted. */
  readonly events: readonly string[];
  /** Of each task the events about it, in the order of the log. */
  readonly ofTasks: readonly string[];
  readonly decisions: readonly string[];
  readonly tasks: readonly string[];
  readonly emails: readonly string[];
  readonly alerts: readonly string[];
  /** Of each task what people read of its reason. */
  readonly why: readonly string[];
}

interface EventRow {
  readonly position: number;
  readonly type: string;
  readonly contact: string | null;
  readonly cause: number | null;
  readonly root: number;
  readonly depth: number;
  readonly actor: string;
  readonly occurredAt: number;
  // biome-ignore lint/suspicious/noExplicitAny: any event's data.
  readonly data: any;
}

interface TaskRow {
  readonly id: number;
  readonly kind: string;
  readonly contact: string | null;
  readonly mergeKey: string;
  readonly causes: readonly number[];
  readonly [column: string]: unknown;
}

const SHARED = `id, kind, contact, merge_key as "mergeKey", state, priority, attempt, requested_by as "requestedBy", worker, error, causes, root, depth, payload,
  slept, due_at as "dueAt", created_at as "createdAt", started_at as "startedAt"`;

/** @param since the engine's clock at the beginning. */
export async function historyOf(engine: EngineHandle, since: number): Promise<History> {
  const { db } = engine;
  const events = await db.query<EventRow>(
    'select position, type, contact, cause, root, depth, actor, occurred_at as "occurredAt", data from events order by position',
  );
  const open = await db.query<TaskRow>(`select ${SHARED} from tasks order by id`);
  const finished = await db.query<TaskRow>(
    `select ${SHARED}, result, finished_at as "finishedAt" from finished_tasks order by id`,
  );
  const tasks = [...open, ...finished].sort((a, b) => a.id - b.id);
  const contacts = await namesOf(engine);
  const words = wordsFor(events, tasks, contacts, since);
  const decisions = await db.query<Record<string, unknown> & { event: number }>(
    "select event, workflow, branch, contact, outcomes, because from decisions order by event, workflow",
  );
  const emails = await db.query<object>(
    'select once_key as "onceKey", contact, task, template, state, recipient, subject, root from emails order by id',
  );
  const alerts = await db.query<object>(
    'select once_key as "onceKey", contact, task, audience, name, title, body, root from alerts order by id',
  );
  return {
    events: events.map((event) => words.event(event)).sort(),
    ofTasks: tasks.map((task) => words.storyOf(task)).sort(),
    decisions: decisions.map(({ event, ...row }) => `${words.label(event)} | ${words.json(row)}`).sort(),
    tasks: tasks.map((task) => words.task(task)).sort(),
    emails: emails.map((row) => words.json(row)).sort(),
    alerts: alerts.map((row) => words.json(row)).sort(),
    why: (await Promise.all(tasks.map(({ id }) => engine.queries.explainTask({ id }))))
      .map((explained) => words.json(sortedLinks(explained)))
      .sort(),
  };
}

type Explained = Awaited<ReturnType<EngineHandle["queries"]["explainTask"]>>;

/** What stands beside each other in a link is in the order of ids. */
function sortedLinks({ subject, chain }: Explained): object {
  return {
    subject,
    chain: chain.map(({ event, decisions, tasks }) => ({
      event: { position: event.position },
      decisions: decisions
        .toSorted((a, b) => (a.workflow < b.workflow ? -1 : 1))
        .map(({ workflow, branch }) => ({ workflow, branch })),
      tasks: tasks.toSorted((a, b) => (a.kind < b.kind ? -1 : 1)).map(({ id }) => ({ id })),
    })),
  };
}

async function namesOf({ db }: EngineHandle): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ contact: string; value: string }>(
    "select contact, value from contact_identities where kind = 'email'",
  );
  return new Map(rows.map(({ contact, value }) => [contact, value]));
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Names a sent message. */
const HASH = /[0-9a-f]{32}/g;
/** host:pid:random, as a dispatcher calls itself. */
const WORKER = /[\w.-]+:\d+:[0-9a-f-]{1,8}:[0-9a-z-]+:[0-9a-f]{8}/g;

function wordsFor(
  events: readonly EventRow[],
  tasks: readonly TaskRow[],
  contacts: ReadonlyMap<string, string>,
  since: number,
) {
  const byPosition = new Map(events.map((event) => [event.position, event]));
  const byId = new Map(tasks.map((task) => [task.id, task]));

  const taskName = (id: number): string => {
    const task = byId.get(id);
    return task === undefined ? "gone" : `${task.kind}@${label(task.causes[0] ?? 0)}`;
  };

  /** The types on the way to an event, and which attempt of which task it is about. */
  function label(position: number): string {
    const event = byPosition.get(position);
    if (event === undefined) return "none";
    const { data, type, cause, contact } = event;
    const about = data?.task === undefined ? "" : `(${byId.get(data.task)?.kind ?? "gone"} ${data.attempt ?? ""})`;
    const who = cause === null ? `[${contacts.get(contact ?? "") ?? "-"}]` : "";
    return `${cause === null ? "" : `${label(cause)} > `}${type}${about}${who}`;
  }

  const isTask = (value: unknown): value is number => typeof value === "number" && byId.has(value);
  const text = (value: string) =>
    value
      .replace(UUID, (id) => `<${contacts.get(id) ?? "contact"}>`)
      .replace(WORKER, "<worker>")
      .replace(HASH, "<hash>")
      .replace(/\d+ ms\b/g, "<n> ms")
      .replace(/\d+/g, (digits) => (byId.has(Number(digits)) ? `<${taskName(Number(digits))}>` : digits))
      .replace(/(?<=:)\d+$/, (digits) => (byPosition.has(Number(digits)) ? `<${label(Number(digits))}>` : digits));

  const POSITIONS = new Set(["cause", "root", "position", "event", "causes"]);
  const NOT_TOLD = new Set(["recordedAt", "version", "who"]);

  function plain(value: unknown, key = ""): unknown {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map((item) => plain(item, key));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value)
          .filter(([name]) => !NOT_TOLD.has(name))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, item]) => [name, plain(item, name)]),
      );
    }
    if (typeof value !== "number") return value;
    if (POSITIONS.has(key)) return label(value);
    if ((key === "task" || key === "id") && isTask(value)) return taskName(value);
    if (/(At|retryAt)$/.test(key)) return `+${value - since}`;
    return key === "ranMs" ? "<n>" : value;
  }

  const json = (value: unknown): string => JSON.stringify(plain(value));
  const event = (row: EventRow): string => `${label(row.position)} | ${json({ ...row, position: 0, type: undefined })}`;

  return {
    label,
    json,
    event,
    task: (row: TaskRow): string => json(row),
    storyOf: ({ id }: TaskRow): string => {
      const about = events.filter(({ data }) => data?.task === id);
      // When a result comes too late is for no one to say.
      const late = about.filter(({ type }) => type === "task_result_discarded");
      const told = [...about.filter((row) => !late.includes(row)), ...late];
      return [taskName(id), ...told.map((row) => `${row.type} ${json(row.data)}`)].join(" ; ");
    },
  };
}
