/**
 * What code that carries out tasks is given and must give back. Agents are written against this
 * (see agents/agent.ts), and so are the mailer and the alerter.
 * Handlers *return* outcomes; a throw means a bug or a lost connection and counts as a failed attempt.
 */
import type { Contact } from "../contacts/contact.ts";
import type { Json, NewEvent, Position } from "../events/event.ts";
import type { McpOutcome } from "../events/mission-events.ts";
import type { DoStep } from "./steps.ts";
import type { Priority } from "./task.ts";

/** One task as its handler sees it. */
export interface TaskInput<Payload = Json> {
  readonly id: number;
  readonly kind: string;
  readonly payload: Payload;
  /** The contact as it is at the moment of work, not as it was when the task was asked for. */
  readonly contact: Contact | undefined;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Position of the outside event behind it. */
  readonly root: Position;
  /** When it was asked for; milliseconds. */
  readonly createdAt: number;
}

/** A follow-up task a handler or a workflow asks for. */
export interface TaskRequest {
  readonly kind: string;
  readonly payload?: Json;
  readonly priority?: Priority;
  /** Milliseconds from now until it is overdue. */
  readonly dueInMs?: number;
  /** Milliseconds from now before which no one may begin. */
  readonly delayMs?: number;
  /** Milliseconds from the event's own time after which it is no longer worth doing (R10). */
  readonly staleAfterMs?: number;
  /**
   * At most one open task per contact and key; a second request merges into it (R5).
   * Default: the kind.
   */
  readonly mergeKey?: string;
}

/** A row of the effect ledger: an e-mail that has left, or that is held back with its reason. */
export interface EmailRecord {
  /** Never two rows with one key (R7): a second one is dropped in silence. */
  readonly onceKey: string;
  readonly template: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly state: "sent" | "suppressed" | "unknown";
  /** Why it was held back. */
  readonly reason?: string;
  /** "transactional", "outreach", "nurture": what the caps count. */
  readonly purpose?: string;
  /** The Message-ID it left with, by which an answer is told. */
  readonly messageId?: string;
  /** The conversation it belongs to. An empty subject becomes "Re: " and that of the conversation's first letter. */
  readonly thread?: string;
  readonly links?: readonly TrackedLink[];
}

/** A link of an e-mail that leads through us. */
export interface TrackedLink {
  /** The e-mail's id: 32 hexadecimal digits. */
  readonly letter: string;
  /** 0 is the pixel that tells of the opening; links count from 1. */
  readonly link: number;
  /** Where it leads; the pixel leads nowhere. */
  readonly target?: string;
}

/** Something a person is told, now. */
export interface AlertRecord {
  readonly onceKey: string;
  /** Who is told: "sales", "admin". */
  readonly audience: string;
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

export interface Completed {
  readonly outcome: "completed";
  /** Kept with the task and shown to people. */
  readonly result?: Json;
  /** Facts the work established; about the task's contact unless they name another. */
  readonly events?: readonly NewEvent[];
  readonly tasks?: readonly TaskRequest[];
  readonly emails?: readonly EmailRecord[];
  readonly alerts?: readonly AlertRecord[];
}

export interface Failed {
  readonly outcome: "failed";
  readonly error: string;
  /**
   * "later": counts as an attempt, tried again with growing delay. "wait": the other side asked for patience
   * (429, open circuit), no attempt is used up. "never": trying again cannot help (validation, consent).
   */
  readonly retry: "later" | "wait" | "never";
  /** With "wait": how long; default 30 s. */
  readonly afterMs?: number;
}

/** Only a person can decide what happens next; the reason is shown to them. */
export interface Waiting {
  readonly outcome: "waiting";
  readonly reason: string;
  /** Those of which no one can tell whether they left: recorded in the transaction that lets the task wait. */
  readonly emails?: readonly EmailRecord[];
}

export interface Snoozed {
  readonly outcome: "snoozed";
  readonly forMs: number;
  readonly reason?: string;
}

export interface Cancelled {
  readonly outcome: "cancelled";
  readonly reason: string;
  /** What was held back and why, for the ledger. */
  readonly emails?: readonly EmailRecord[];
}

export type Outcome = Completed | Failed | Waiting | Snoozed | Cancelled;

export interface HandlerContext {
  /** Milliseconds. */
  readonly now: number;
}

export interface WorkContext extends HandlerContext {
  /** Aborted when the lease is lost, the task times out or the engine stops. */
  readonly signal: AbortSignal;
  /**
   * Does a step that lasts: what it gave is on record at once, and an attempt behind a kill gets it without doing it again.
   * @example
   * const page = await step("read the page", () => fetchPage(address));
   * await step("order the sample", () => shop.order(sample), { acts: true });
   */
  readonly step: DoStep;
  /**
   * Uses a tool of an MCP server that `mcp.tools` allows this agent. A call is a step: it lasts, and its `mcp_tool_called` stands in the log
   * at once.
   * @example
   * const found = await callTool("people/find_person", { name: "Ada Lovelace" });
   * if (found.ok) text = found.text;
   */
  readonly callTool: CallTool;
}

/**
 * @param tool "server/tool", as under `mcp.tools`.
 * @param args as the tool's own schema wants them. Default: none.
 * @returns what the tool said, or how the call failed: a server's fault is an outcome, not a throw.
 * @throws MillraceError step_unknown for a tool that acts and was begun by an attempt before; invalid_request for a name of another form.
 */
export type CallTool = (
  tool: string,
  args?: Readonly<Record<string, unknown>>,
  options?: CallToolOptions,
) => Promise<CalledTool>;

export interface CallToolOptions {
  /** For which task, where `run` has several. Default: its only one. */
  readonly task?: number;
}

export type CalledTool =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly outcome: McpOutcome; readonly error: string };

/** Deterministic, no I/O, no clock of its own: may run inside the decision (design, "Pure agents"). */
export interface PureHandler {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly isPure: true;
  /** One outcome per task, in the order of the tasks. */
  readonly run: (tasks: readonly TaskInput[], context: HandlerContext) => readonly Outcome[];
}

/** Touches the world, waits or may fail: claimed, leased and fenced. */
export interface QueuedHandler {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly isPure: false;
  /** How many calls of `run` may be under way at once in one process. Default 4. */
  readonly concurrency?: number;
  /** How many tasks one call takes. Default 1. */
  readonly batchSize?: number;
  readonly run: (tasks: readonly TaskInput[], context: WorkContext) => Promise<readonly Outcome[]>;
}

export type TaskHandler = PureHandler | QueuedHandler;
