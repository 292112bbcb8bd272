/** Which lists there are as CSV, how each is paged, and what stands in its columns. */
import type { OperationName, operations } from "../actions/operations.ts";
import type { ResultOf } from "../operations/operation.ts";
import { type Cell, momentCell } from "./csv.ts";

/** A list as CSV. */
export interface CsvList<Name extends OperationName = OperationName> {
  /** The rows of an answer. */
  readonly rows: (answer: ResultOf<(typeof operations)[Name]>) => readonly object[];
  /** The field of the input that names where the next page begins. */
  readonly field: string;
  /** Of the last row, what is given there. */
  // biome-ignore lint/suspicious/noExplicitAny: each list reads its own rows.
  readonly next: (row: any) => unknown;
  /** Where a page may be short before the end: how far it came. */
  readonly further?: (answer: ResultOf<(typeof operations)[Name]>) => number | null;
  // biome-ignore lint/suspicious/noExplicitAny: each list reads its own rows.
  readonly columns: Readonly<Record<string, (row: any) => Cell>>;
}

function list<Name extends OperationName>(_: Name, of: CsvList<Name>): CsvList {
  return of as unknown as CsvList;
}

const whoColumns = {
  name: (row: { who: { name: string | null } | null }) => row.who?.name,
  email: (row: { who: { email: string | null } | null }) => row.who?.email,
  company: (row: { who: { company: string | null } | null }) => row.who?.company,
  score: (row: { who: { score: number | null } | null }) => row.who?.score,
};

const taskColumns = {
  id: (row: { id: number }) => row.id,
  kind: (row: { kind: string }) => row.kind,
  state: (row: { state: string }) => row.state,
  priority: (row: { priority: string }) => row.priority,
  due: (row: { dueAt: number }) => momentCell(row.dueAt),
  holder: (row: { worker: string | null }) => row.worker,
  ...whoColumns,
  error: (row: { error: string | null }) => row.error,
};

export const csvLists: Partial<Readonly<Record<OperationName, CsvList>>> = {
  contacts: list("contacts", {
    rows: (answer) => answer.contacts,
    field: "after",
    next: ({ cursor }) => cursor,
    columns: {
      id: ({ id }) => id,
      since: ({ createdAt }) => momentCell(createdAt),
      ...Object.fromEntries(
        [
          "firstname",
          "lastname",
          "email",
          "company",
          "jobtitle",
          "phone",
          "country",
          "lead_score",
          "lead_band",
          "lifecyclestage",
          "hubspot_owner_id",
          "lead_source",
        ].map((name) => [name, ({ properties }: { properties: Record<string, Cell> }) => properties[name]]),
      ),
      open_tasks: ({ openTasks }) => openTasks.map(({ kind }: { kind: string }) => kind).join(" "),
    },
  }),
  queue: list("queue", {
    rows: (answer) => answer.tasks,
    field: "after",
    next: ({ cursor }) => cursor,
    columns: {
      ...taskColumns,
      said_yes: ({ saidYes }) => saidYes,
      band: ({ band }) => band,
      snoozed_until: ({ snoozedUntil }) => momentCell(snoozedUntil),
    },
  }),
  tasks: list("tasks", { rows: (answer) => answer.tasks, field: "before", next: ({ id }) => id, columns: taskColumns }),
  events: list("events", {
    rows: (answer) => answer.events,
    field: "before",
    next: ({ position }) => position,
    further: (answer) => answer.scannedTo,
    columns: {
      position: ({ position }) => position,
      at: ({ occurredAt }) => momentCell(occurredAt),
      type: ({ type }) => type,
      actor: ({ actor }) => actor,
      contact: ({ contact }) => contact,
      cause: ({ cause }) => cause,
      root: ({ root }) => root,
      data: ({ data }) => JSON.stringify(data),
    },
  }),
  deadLetters: list("deadLetters", {
    rows: (answer) => answer.deadLetters,
    field: "before",
    next: ({ id }) => id,
    columns: {
      id: ({ id }) => id,
      at: ({ createdAt }) => momentCell(createdAt),
      subscription: ({ subscription }) => subscription,
      event: ({ event }) => event,
      type: ({ type }) => type,
      contact: ({ contact }) => contact,
      attempts: ({ attempts }) => attempts,
      error: ({ error }) => error,
      resolution: ({ resolution }) => resolution,
    },
  }),
  alerts: list("alerts", {
    rows: (answer) => answer.alerts,
    field: "before",
    next: ({ id }) => id,
    columns: {
      id: ({ id }) => id,
      at: ({ createdAt }) => momentCell(createdAt),
      audience: ({ audience }) => audience,
      name: ({ name }) => name,
      title: ({ title }) => title,
      body: ({ body }) => body,
      seen_by: ({ seenBy }) => seenBy,
      resolved: ({ resolvedAt }) => momentCell(resolvedAt),
    },
  }),
  outbox: list("outbox", {
    rows: (answer) => answer.emails,
    field: "before",
    next: ({ id }) => id,
    columns: {
      id: ({ id }) => id,
      state: ({ state }) => state,
      created: ({ createdAt }) => momentCell(createdAt),
      not_before: ({ notBefore }) => momentCell(notBefore),
      sent: ({ sentAt }) => momentCell(sentAt),
      template: ({ template }) => template,
      purpose: ({ purpose }) => purpose,
      recipient: ({ recipient }) => recipient,
      subject: ({ subject }) => subject,
      reason: ({ reason }) => reason,
    },
  }),
  conversations: list("conversations", {
    rows: (answer) => answer.conversations,
    field: "before",
    next: ({ reply }) => reply,
    columns: {
      reply: ({ reply }) => reply,
      at: ({ repliedAt }) => momentCell(repliedAt),
      ...whoColumns,
      subject: ({ subject }) => subject,
      excerpt: ({ excerpt }) => excerpt,
      read_as: ({ reading }) => reading?.class,
      confidence: ({ reading }) => reading?.confidence,
      answered: ({ isAnswered }) => isAnswered,
    },
  }),
};
