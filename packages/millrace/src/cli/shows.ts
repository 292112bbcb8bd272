/** How the answer of each command is shown to a person; with --json it is the document. Each is loaded when it is needed. */
import type { OperationName, operations } from "../actions/operations.ts";
import type { Actor } from "../events/actor.ts";
import type { InputOf, ResultOf } from "../operations/operation.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";
import type { Ask } from "./with-operations.ts";

/** An operation that was done, and where to show it. */
export interface Shown<Name extends OperationName = OperationName> {
  readonly terminal: Terminal;
  readonly name: Name;
  /** As it was given; fields with a default may be missing. */
  readonly input: InputOf<(typeof operations)[Name]>;
  readonly result: ResultOf<(typeof operations)[Name]>;
  readonly by: Actor;
  /** Asks more, on the same database. */
  readonly ask: Ask;
  /** The running engine that answered; undefined: the project's database, with the settings as they are now. */
  readonly engine?: string | undefined;
}

/** How one command shows its answer. */
interface Show<Name extends OperationName> {
  /** For a person. */
  readonly show: (shown: Shown<Name>) => void | Promise<void>;
  /** The document of --json, where it is not the answer itself. */
  readonly document?: (shown: Shown<Name>) => unknown;
  /** The documents of --json, a line each, where the answer is a list another command reads. */
  readonly lines?: (shown: Shown<Name>) => readonly unknown[];
  /** Default 0. */
  readonly exitCode?: (shown: Shown<Name>) => ExitCode;
}

// biome-ignore lint/suspicious/noExplicitAny: each shows the answer of its own operation.
type Loader = () => Promise<Show<any>>;

const task: Loader = () => import("./show/task-change.ts");
const draft: Loader = () => import("./show/draft-decided.ts");
const mail: Loader = () => import("./show/mail-switch.ts");
const muting: Loader = () => import("./show/alerts-muted.ts");
const lifted: Loader = () => import("./show/contacts-lifted.ts");

/** By the command's name. One without a line here would print its JSON to people, so a test holds it to the table of operations. */
export const shows: Readonly<Record<string, Loader>> = {
  "agents servers": () => import("./show/agents-servers.ts"),
  "agents accept-tools": () => import("./show/agents-accept-tools.ts"),
  "agents spend": () => import("./show/agents-spend.ts"),
  "agents list": () => import("./show/agents-list.ts"),
  "agents pause": () => import("./show/agents-pause.ts"),
  "agents resume": () => import("./show/agents-resume.ts"),
  "alerts list": () => import("./show/alerts-list.ts"),
  "alerts mute": muting,
  "alerts unmute": muting,
  "alerts groups": () => import("./show/alerts-groups.ts"),
  "alerts seen": () => import("./show/alerts-seen.ts"),
  analytics: () => import("./show/analytics.ts"),
  "connections list": () => import("./show/connections-list.ts"),
  "connections test": () => import("./show/connections-test.ts"),
  "consumers list": () => import("./show/consumers-list.ts"),
  "consumers rebuild": () => import("./show/consumers-rebuild.ts"),
  "contacts correct": () => import("./show/contacts-correct.ts"),
  "contacts erased": () => import("./show/contacts-erased.ts"),
  "contacts explain": () => import("./show/contacts-explain.ts"),
  "contacts lift-opt-out": lifted,
  "contacts lift-suppression": lifted,
  "contacts list": () => import("./show/contacts-list.ts"),
  "contacts search": () => import("./show/contacts-list.ts"),
  "contacts show": () => import("./show/contacts-show.ts"),
  "dead-letters dismiss": () => import("./show/dead-letters-dismiss.ts"),
  "dead-letters groups": () => import("./show/dead-letters-groups.ts"),
  "dead-letters list": () => import("./show/dead-letters-list.ts"),
  "dead-letters retry": () => import("./show/dead-letters-retry.ts"),
  "drafts approve": draft,
  "drafts edit": draft,
  "drafts labels": () => import("./show/draft-labels.ts"),
  "drafts list": () => import("./show/drafts-list.ts"),
  "drafts refuse": draft,
  "emails arrived": () => import("./show/email-decided.ts"),
  "emails list": () => import("./show/emails-list.ts"),
  "emails outbox": () => import("./show/emails-outbox.ts"),
  "emails resend": () => import("./show/email-decided.ts"),
  "events list": () => import("./show/events-list.ts"),
  "events replay": () => import("./show/events-replay.ts"),
  "events show": () => import("./show/events-show.ts"),
  "events why": () => import("./show/events-why.ts"),
  health: () => import("./show/health.ts"),
  "hubspot set-aside": () => import("./show/hubspot-set-aside.ts"),
  "keys create": () => import("./show/keys-create.ts"),
  "keys list": () => import("./show/keys-list.ts"),
  "keys rotate": () => import("./show/keys-rotate.ts"),
  "keys revoke": () => import("./show/keys-revoke.ts"),
  "mail conversation": () => import("./show/mail-conversation.ts"),
  "mail conversations": () => import("./show/mail-conversations.ts"),
  "mail inbox": () => import("./show/mail-inbox.ts"),
  "mail labels": () => import("./show/mail-labels.ts"),
  "mail pause": mail,
  "mail reply": () => import("./show/mail-replied.ts"),
  "mail resume": mail,
  "replies read-again": () => import("./show/replies-read-again.ts"),
  "restore confirm": () => import("./show/restore-confirm.ts"),
  "restore hold": () => import("./show/restore-status.ts"),
  "restore status": () => import("./show/restore-status.ts"),
  "mail show": () => import("./show/mail-show.ts"),
  "mail status": mail,
  "people add": () => import("./show/people-invited.ts"),
  "people end-sessions": () => import("./show/people-end-sessions.ts"),
  "people invite": () => import("./show/people-invited.ts"),
  "people list": () => import("./show/people-list.ts"),
  "people remove": () => import("./show/people-changed.ts"),
  "people roles": () => import("./show/people-changed.ts"),
  "people sessions": () => import("./show/people-sessions.ts"),
  "tasks cancel": task,
  "tasks claim": task,
  "tasks complete": task,
  "tasks hand-over": task,
  "tasks queue": () => import("./show/tasks-queue.ts"),
  "tasks list": () => import("./show/tasks-list.ts"),
  "tasks release": task,
  "tasks retry": task,
  "tasks show": () => import("./show/tasks-show.ts"),
  "tasks snooze": task,
  today: () => import("./show/today.ts"),
  "workflows counts": () => import("./show/workflows-counts.ts"),
  "workflows try": () => import("./show/workflows-try.ts"),
};

/** Shows the answer of a command. @returns its exit code. */
export async function showAnswer(command: string, shown: Shown): Promise<ExitCode> {
  const { show, document, lines, exitCode } = await showOf(command);
  if (shown.terminal.isJson && lines !== undefined) for (const line of lines(shown)) shown.terminal.document(line);
  else if (shown.terminal.isJson)
    shown.terminal.document(document === undefined ? shown.result : await document(shown));
  else await show(shown);
  return exitCode?.(shown) ?? EXIT.ok;
}

async function showOf(command: string): Promise<Show<OperationName>> {
  const load = shows[command];
  if (load === undefined) throw new Error(`cli/shows.ts does not say how the answer of \`${command}\` is shown.`);
  return load();
}
