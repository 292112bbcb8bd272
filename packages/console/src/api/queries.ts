/** Every question the console asks: its key and how it is fetched, side by side. The first word of a key is its topic (freshness.ts). */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ReplyClass } from "../words/reply-classes.ts";
import { get } from "./client.ts";
import { type Endless, isShort, type Subject } from "./endless.ts";

/** How many rows a list asks for at once. */
export const PAGE = 100;
const OVERVIEW_MS = 5_000;
/** Counting what an erasure would take looks through a long log from its beginning. */
const LONG_MS = 300_000;

interface ListOptions<Answer, Row, Param> {
  readonly queryKey: readonly unknown[];
  readonly ask: (param: Param | undefined, signal?: AbortSignal) => Promise<Answer>;
  readonly next: (answer: Answer) => Param | undefined;
  readonly rowsOf: (answer: Answer) => readonly Row[];
  readonly withRows: (answer: Answer, rows: readonly Row[]) => Answer;
  readonly keyOf: (row: Row) => string | number;
  readonly subjectsOf: (row: Row) => readonly (Subject | null)[];
}

/** A list without end. How it is made stands in `meta`, by which refresh.ts asks for parts of it. */
function endless<Answer, Row, Param>({ queryKey, ask, next, ...rows }: ListOptions<Answer, Row, Param>) {
  // Rows go and come; whether more is behind them was said with the answer.
  const page = async (param: unknown, signal?: AbortSignal) => {
    const answer = await ask(param as Param | undefined, signal);
    return { ...answer, next: next(answer) };
  };
  const subjectsOf = (row: Row) => rows.subjectsOf(row).filter((one) => one !== null);
  const whole = ({
    state,
  }: {
    readonly state: { readonly data?: { readonly pages: readonly unknown[] } | undefined };
  }) => isShort(state.data);
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => page(pageParam, signal),
    initialPageParam: undefined as Param | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchOnMount: whole,
    refetchOnWindowFocus: whole,
    refetchOnReconnect: whole,
    meta: { endless: { ...rows, ask: page, subjectsOf } as unknown as Endless },
  });
}

export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => get("/api/overview", { signal }),
  // Rates change without an event.
  refetchInterval: OVERVIEW_MS,
});

export interface ContactFilter {
  readonly q?: string | undefined;
  readonly band?: string | undefined;
  readonly lifecycle?: string | undefined;
  readonly owner?: string | undefined;
  readonly source?: string | undefined;
  readonly sort?: ContactSort | undefined;
}
export type ContactSort = "created" | "activity" | "score";

export function contactsQuery(filter: ContactFilter) {
  return endless({
    queryKey: ["contacts", filter],
    ask: (param: string | undefined, signal) =>
      get("/api/contacts", { query: { ...filter, after: param, limit: PAGE }, signal }),
    next: ({ contacts }) => (contacts.length < PAGE ? undefined : contacts.at(-1)?.cursor),
    rowsOf: ({ contacts }) => contacts,
    withRows: (page, contacts) => ({ ...page, contacts: [...contacts] }),
    keyOf: ({ id }) => id,
    subjectsOf: ({ id }) => [id],
  });
}

export function contactQuery(contact: string) {
  return queryOptions({
    queryKey: ["contact", contact],
    queryFn: ({ signal }) => get("/api/contacts/{contact}", { path: { contact }, signal }),
  });
}

export function explanationQuery(contact: string) {
  return queryOptions({
    queryKey: ["contact", contact, "explanation"],
    queryFn: ({ signal }) => get("/api/contacts/{contact}/explanation", { path: { contact }, signal }),
  });
}

export function erasureQuery(contact: string) {
  return queryOptions({
    queryKey: ["erasure", contact],
    queryFn: ({ signal }) => get("/api/contacts/{contact}/erasure", { path: { contact }, signal, patienceMs: LONG_MS }),
    staleTime: 0,
    gcTime: 0,
  });
}

export interface TaskFilter {
  readonly state?: "open" | "finished" | "FAILED" | "COMPLETED" | "CANCELLED" | undefined;
  readonly human?: boolean | undefined;
  readonly role?: string | undefined;
  readonly kind?: string | undefined;
}

export const QUEUE_VIEWS = ["open", "mine", "team", "snoozed"] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

export interface QueueFilter {
  readonly view?: QueueView | undefined;
  readonly role?: string | undefined;
  readonly kind?: string | undefined;
  readonly band?: string | undefined;
  readonly q?: string | undefined;
}

/** What waits for people, in the order in which it should be done. A thousand of it are shown; what is behind waits its turn. */
export function queueQuery(filter: QueueFilter = {}) {
  return queryOptions({
    queryKey: ["tasks", "queue", filter],
    queryFn: ({ signal }) => get("/api/queue", { query: { ...filter, limit: 1_000 }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function tasksQuery(filter: TaskFilter) {
  return endless({
    queryKey: ["tasks", "all", filter],
    ask: (param: number | undefined, signal) =>
      get("/api/tasks", { query: { ...filter, before: param, limit: PAGE }, signal }),
    next: ({ tasks }) => (tasks.length < PAGE ? undefined : Math.min(...tasks.map(({ id }) => id))),
    rowsOf: ({ tasks }) => tasks,
    withRows: (page, tasks) => ({ ...page, tasks: [...tasks] }),
    keyOf: ({ id }) => id,
    subjectsOf: ({ id, contact }) => [contact, `task:${id}`],
  });
}

export function taskQuery(id: number) {
  return queryOptions({
    queryKey: ["task", id],
    queryFn: ({ signal }) => get("/api/tasks/{id}", { path: { id }, signal }),
  });
}

export const draftsQuery = queryOptions({
  queryKey: ["drafts"],
  queryFn: ({ signal }) => get("/api/drafts", { query: { limit: 200 }, signal }),
});

export const OUTBOX_STATES = ["planned", "held", "sent", "sending", "unknown"] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

export function outboxQuery(state: OutboxState) {
  return endless({
    queryKey: ["emails", state],
    ask: (param: number | undefined, signal) =>
      get("/api/outbox", { query: { state, before: param, limit: PAGE }, signal }),
    next: ({ emails }) => (emails.length < PAGE ? undefined : emails.at(-1)?.id),
    rowsOf: ({ emails }) => emails,
    withRows: (page, emails) => ({ ...page, emails: [...emails] }),
    keyOf: ({ id }) => id,
    subjectsOf: ({ contact, task }) => [contact, task === null ? null : `task:${task}`],
  });
}

export interface ConversationFilter {
  readonly class?: ReplyClass | undefined;
  readonly waiting?: boolean | undefined;
}

export function conversationsQuery(filter: ConversationFilter) {
  return endless({
    queryKey: ["inbox", "conversations", filter],
    ask: (param: number | undefined, signal) =>
      get("/api/conversations", { query: { ...filter, before: param, limit: PAGE }, signal }),
    next: ({ conversations }) => (conversations.length < PAGE ? undefined : conversations.at(-1)?.reply),
    rowsOf: ({ conversations }) => conversations,
    withRows: (page, conversations) => ({ ...page, conversations: [...conversations] }),
    keyOf: ({ contact }) => contact,
    subjectsOf: ({ contact }) => [contact],
  });
}

export function conversationQuery(contact: string) {
  return queryOptions({
    queryKey: ["inbox", "conversation", contact],
    queryFn: ({ signal }) => get("/api/conversations/{contact}", { path: { contact }, query: { limit: 50 }, signal }),
  });
}

export function inboxQuery(state: string | undefined) {
  return queryOptions({
    queryKey: ["inbox", state ?? "all"],
    queryFn: ({ signal }) =>
      get("/api/mail/inbox", { query: { state: state as "taken" | undefined, limit: 300 }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function inboundQuery(id: number) {
  return queryOptions({
    queryKey: ["inbox", "message", id],
    queryFn: ({ signal }) => get("/api/mail/inbox/{id}", { path: { id }, signal }),
  });
}

export function alertsQuery(unseen: boolean) {
  return endless({
    queryKey: ["alerts", unseen],
    ask: (param: number | undefined, signal) =>
      get("/api/alerts", { query: { unseen: unseen || undefined, before: param, limit: PAGE }, signal }),
    next: ({ alerts }) => (alerts.length < PAGE ? undefined : alerts.at(-1)?.id),
    rowsOf: ({ alerts }) => alerts,
    withRows: (page, alerts) => ({ ...page, alerts: [...alerts] }),
    keyOf: ({ id }) => id,
    subjectsOf: ({ id, contact }) => [contact, `alert:${id}`],
  });
}

export interface EventFilter {
  readonly type?: string | undefined;
  readonly contact?: string | undefined;
  /** A text anywhere in the data. */
  readonly q?: string | undefined;
  /** "person:ada"; with a colon at its end all such: "person:". */
  readonly actor?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export function eventsQuery(filter: EventFilter) {
  return endless({
    queryKey: ["events", filter],
    ask: (param: number | undefined, signal) =>
      get("/api/events", { query: { ...filter, before: param, limit: PAGE }, signal }),
    // A rare text may not be found within the time of one answer: the next one looks further back.
    next: ({ events, scannedTo }) => scannedTo ?? (events.length < PAGE ? undefined : events.at(-1)?.position),
    rowsOf: ({ events }) => events,
    withRows: (page, events) => ({ ...page, events: [...events] }),
    keyOf: ({ position }) => position,
    subjectsOf: () => [],
  });
}

export function deadLettersQuery(resolved: boolean) {
  return queryOptions({
    queryKey: ["dead-letters", resolved],
    queryFn: ({ signal }) =>
      get("/api/dead-letters", { query: { resolved: resolved || undefined, limit: 1_000 }, signal }),
    placeholderData: keepPreviousData,
  });
}

export const deadLetterGroupsQuery = queryOptions({
  queryKey: ["dead-letters", "groups"],
  queryFn: ({ signal }) => get("/api/dead-letters/groups", { query: { limit: 100 }, signal }),
});

export const alertGroupsQuery = queryOptions({
  queryKey: ["alerts", "groups"],
  queryFn: ({ signal }) => get("/api/alerts/groups", { query: { limit: 100 }, signal }),
});

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => get("/api/health", { signal }),
  refetchInterval: 30_000,
});

export const agentsQuery = queryOptions({
  queryKey: ["agents"],
  queryFn: ({ signal }) => get("/api/agents", { signal }),
});

export const mailQuery = queryOptions({ queryKey: ["mail"], queryFn: ({ signal }) => get("/api/mail", { signal }) });

export const spendQuery = queryOptions({
  queryKey: ["spend"],
  queryFn: ({ signal }) => get("/api/models/spend", { signal }),
});

export const connectionsQuery = queryOptions({
  queryKey: ["health", "connections"],
  queryFn: ({ signal }) => get("/api/connections", { signal }),
});

export const serversQuery = queryOptions({
  queryKey: ["servers"],
  queryFn: ({ signal }) => get("/api/mcp/servers", { signal }),
});

export const consumersQuery = queryOptions({
  queryKey: ["consumers"],
  queryFn: ({ signal }) => get("/api/consumers", { signal }),
  refetchInterval: 10_000,
});

export const workflowsQuery = queryOptions({
  queryKey: ["workflow", "all"],
  queryFn: ({ signal }) => get("/api/workflows", { signal }),
});

export function workflowQuery(name: string) {
  return queryOptions({
    queryKey: ["workflow", name],
    queryFn: ({ signal }) => get("/api/workflows/{name}", { path: { name }, signal }),
  });
}

export const todayQuery = queryOptions({
  queryKey: ["overview", "today"],
  queryFn: ({ signal }) => get("/api/today", { query: { limit: 10 }, signal }),
  refetchInterval: 30_000,
});

/** How often each way was taken, and how many events came: within the hour, the day, ever. */
export const flowCountsQuery = queryOptions({
  queryKey: ["flow-counts"],
  queryFn: ({ signal }) => get("/api/workflow-counts", { signal }),
  refetchInterval: 5_000,
});

export const passkeysQuery = queryOptions({
  queryKey: ["people", "passkeys"],
  queryFn: ({ signal }) => get("/api/me/passkeys", { signal }),
});

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: ({ signal }) => get("/api/people", { signal }),
});

export const sessionsQuery = queryOptions({
  queryKey: ["people", "sessions"],
  queryFn: ({ signal }) => get("/api/sessions", { signal }),
});

/** Filters of lists that one keeps under a name. */
export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: ({ signal }) => get("/api/views", { signal }),
});

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: ({ signal }) => get("/api/settings", { signal }),
});

export const keysQuery = queryOptions({ queryKey: ["keys"], queryFn: ({ signal }) => get("/api/keys", { signal }) });

/** What a story can be about, beside contacts and messages: each has a way back to where it began. */
export type WhyKind = "event" | "task" | "email" | "alert";

export function whyQuery(kind: WhyKind, id: number) {
  return queryOptions({
    queryKey: ["why", kind, id],
    queryFn: ({ signal }) => {
      if (kind === "event") return get("/api/events/{position}/why", { path: { position: id }, signal });
      if (kind === "task") return get("/api/tasks/{id}/why", { path: { id }, signal });
      if (kind === "email") return get("/api/emails/{id}/why", { path: { id }, signal });
      return get("/api/alerts/{id}/why", { path: { id }, signal });
    },
  });
}
