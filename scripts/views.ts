/** What may be read from the database by SQL of a user's own. A test compares it with a real database. Read by reference-doc.ts. */

export interface PublicView {
  readonly name: string;
  readonly about: string;
  /** Name, PostgreSQL type, meaning. */
  readonly columns: readonly (readonly [name: string, type: string, what: string])[];
}

const CONTACT = ["contact", "uuid", "Which contact; null: it concerns none."] as const;
const ROOT = ["root", "bigint", "Position of the event from outside that all of this began with."] as const;

export const views: readonly PublicView[] = [
  {
    name: "events",
    about:
      "The log: every fact, in the order of commit. Nothing is ever changed or deleted, except that a person's data can be erased.",
    columns: [
      ["position", "bigint", "Its place in the log; grows with the order of commit."],
      CONTACT,
      ["cause", "bigint", "Position of the event it follows from; null: it came from outside."],
      ROOT,
      ["occurred_at", "timestamptz", "When it happened, by its source's clock."],
      ["recorded_at", "timestamptz", "When it was written here."],
      ["depth", "smallint", "Steps from the root; 0: from outside."],
      ["partition", "smallint", "Hash of the contact."],
      ["settled", "boolean", "Decided in the transaction that recorded it."],
      ["type", "text", "One of [events](events.md), or one of your own."],
      ["actor", "text", "Who stated it: `form:demo`, `agent:mailer`, `person:ada`."],
      ["source", "text", "Together with `id` the key by which a repeated delivery is recognised."],
      ["id", "text", "The source's own name for it."],
      ["data", "json", "As its type says."],
    ],
  },
  {
    name: "decisions",
    about: "What each workflow made of each event, *nothing, because* included.",
    columns: [
      ["event", "bigint", "Position of the event."],
      ["workflow", "text", "Its name."],
      ["version", "text", "Hash of the workflow as it was."],
      CONTACT,
      ["branch", "text", "Names of the branches taken, joined by ` / `; empty: none."],
      ["outcomes", "json", "What it asked for."],
      ["because", "text", "Why something was held back; null: nothing was."],
      ["decided_at", "timestamptz", "When."],
    ],
  },
  {
    name: "finished_tasks",
    about:
      "Tasks that have come to their end. Open ones stand in the table `tasks`, which is the queue itself and no view: ask the API for them.",
    columns: [
      ["id", "bigint", "The task."],
      CONTACT,
      ROOT,
      ["due_at", "timestamptz", "When it was due."],
      ["created_at", "timestamptz", "When it was asked for."],
      ["started_at", "timestamptz", "When its last attempt began."],
      ["finished_at", "timestamptz", "When it ended."],
      ["depth", "smallint", "Steps from the root."],
      ["priority", "smallint", "0 URGENT, 1 HIGH, 2 MEDIUM, 3 LOW."],
      ["attempt", "smallint", "Attempts made."],
      ["kind", "text", "One of [task kinds](task-kinds.md), or one of your own."],
      ["merge_key", "text", "Requests with the same key were one task while it was open."],
      ["state", "text", "COMPLETED, FAILED or CANCELLED."],
      ["requested_by", "text", "Which workflow or person asked for it."],
      ["worker", "text", "Which process or person did it last."],
      ["error", "text", "Why it failed; null: it did not."],
      ["causes", "bigint[]", "Positions of the events that asked for it."],
      ["payload", "json", "What it was asked with."],
      ["result", "json", "What the agent or person said."],
      ["slept", "boolean", "It was put off at least once, so its age says nothing about the queue."],
    ],
  },
];
