/** What must hold of a store whatever happened, however it was decided. */

import type { Contact } from "../../packages/millrace/src/contacts/contact.ts";
import { newContact } from "../../packages/millrace/src/contacts/contact.ts";
import { foldContact } from "../../packages/millrace/src/contacts/fold.ts";
import type { CascadeRules } from "../../packages/millrace/src/decider/cascade-unit.ts";
import type { Json, RecordedEvent } from "../../packages/millrace/src/events/event.ts";
import { MAX_DEPTH } from "./rules.ts";
import { demand, type Store } from "./store.ts";

type Data = Readonly<Record<string, Json>>;

/** @throws Violation. Call it when nothing waits to be decided. */
export function checkAll(store: Store, rules: CascadeRules): void {
  demand(store.deadLetters.length === 0, `set aside: ${store.deadLetters.join("; ")}`);
  checkLog(store, rules);
  checkDecidedOnce(store);
  checkContacts(store);
  checkTasks(store);
  checkEmails(store);
  checkAlerts(store);
  checkStops(store);
}

/** Positions grow, causes stand before what they led to, roots come from outside, chains end at their depth. */
function checkLog({ log, byPosition }: Store, { catalogue }: CascadeRules): void {
  let before = 0;
  for (const { position, type, cause, root, depth, data } of log) {
    const it = `${type} at ${position}`;
    demand(position > before, `${it} stands behind ${before}`);
    before = position;
    demand(cause === null || (cause < position && byPosition.has(cause)), `${it} has no cause at ${cause}`);
    const first = byPosition.get(root);
    demand(first !== undefined && first.cause === null && first.depth === 0, `${it} has no root at ${root}`);
    demand(depth <= MAX_DEPTH + 1, `${it} is ${depth} steps deep`);
    demand((depth === 0) === (cause === null || byPosition.get(position)?.actor === "timer"), `${it}: depth ${depth}`);
    const parsed = catalogue.get(type).schema.safeParse(data);
    demand(parsed.success, `${it} is not as the catalogue says: ${parsed.success ? "" : parsed.error.message}`);
  }
}

function checkDecidedOnce({ log, decided, decisions, unsettled, place }: Store): void {
  for (const { position, type } of log) {
    const times = decided.get(position) ?? 0;
    demand(times === 1, `${type} at ${position} was decided ${times} times`);
    demand(!unsettled.has(position) || position <= place, `${type} at ${position} waits behind the place`);
  }
  demand(decided.size === log.length, `${decided.size} events decided of ${log.length}`);
  const seen = new Set<string>();
  for (const { event, workflow } of decisions) {
    demand(!seen.has(`${event} ${workflow}`), `${workflow} decided the event at ${event} twice`);
    demand(decided.has(event), `${workflow} decided an event that is not there: ${event}`);
    seen.add(`${event} ${workflow}`);
  }
}

/** The log folded anew gives each contact as it is in hand. */
function checkContacts({ log, contacts }: Store): void {
  const folded = new Map<string, Contact>();
  for (const event of log) {
    if (event.contact === null) continue;
    folded.set(
      event.contact,
      foldContact(folded.get(event.contact) ?? newContact(event.contact, event.occurredAt), event),
    );
  }
  for (const [id, contact] of folded) {
    const inHand = JSON.stringify(contacts.get(id));
    demand(inHand === JSON.stringify(contact), `contact ${id} in hand ${inHand}, folded ${JSON.stringify(contact)}`);
  }
}

function checkTasks({ log, open, finished, byPosition }: Store): void {
  const completed = Map.groupBy(
    log.filter(({ type }) => type === "task_completed"),
    ({ data }) => (data as Data).task,
  );
  for (const [task, events] of completed)
    demand(events.length === 1, `task ${task} was completed ${events.length} times`);
  for (const { id, kind, state } of finished.values()) {
    const isDone = state === "COMPLETED";
    demand(completed.has(id) === isDone, `${kind} ${id} is ${state}, and the log says otherwise`);
    completed.delete(id);
  }
  demand(completed.size === 0, `completed and not among the finished: ${[...completed.keys()].join()}`);
  for (const { id, kind, causes, root } of open.values()) {
    demand(!finished.has(id), `${kind} ${id} is open and finished`);
    for (const cause of [...causes, root]) demand(byPosition.has(cause), `${kind} ${id} has no cause at ${cause}`);
  }
}

/** One thank-you at most for a form, none lost; what the log says was sent is in the ledger; nothing but answers behind an opt-out. */
function checkEmails({ log, emails, open }: Store): void {
  const left = new Set<string>();
  const messages = new Set<Json | undefined>();
  const isOut = new Set<string>();
  for (const event of log) {
    const data = event.data as Data;
    const contact = event.contact ?? "";
    if (event.type === "opted_out") isOut.add(contact);
    if (event.type === "opt_out_lifted") isOut.delete(contact);
    if (event.type !== "email_sent") continue;
    const isAnswer = data.purpose === "transactional";
    demand(isAnswer || !isOut.has(contact), `${data.template} left for ${contact} behind an opt-out`);
    const key = `${data.template} ${event.root} ${data.message}`;
    demand(!left.has(key), `${data.template} left twice for the event at ${event.root}`);
    left.add(key);
    demand(!messages.has(data.message), `${data.message} is said to have left twice`);
    messages.add(data.message);
  }
  const rows = [...emails.values()];
  const sent = rows.filter(({ state }) => state === "sent");
  demand(sent.length === messages.size, `${sent.length} e-mails in the ledger, ${messages.size} in the log`);
  checkAnswered(log, rows, [...open.values()]);
}

/** A form is answered, or the ledger says why not. */
function checkAnswered(
  log: readonly RecordedEvent<string, Json>[],
  rows: readonly { readonly root: number; readonly template: string }[],
  open: readonly { readonly root: number; readonly kind: string }[],
): void {
  const spam = new Set(log.filter(({ type }) => type === "spam_noted").map(({ root }) => root));
  const erased = new Set<string | null>();
  for (const { type, contact, position } of log) {
    if (type === "contact_erased") erased.add(contact);
    if (type !== "form_submitted" || spam.has(position) || erased.has(contact)) continue;
    const answers = rows.filter(({ root, template }) => root === position && template === "thank_you").length;
    const waits = open.some(({ root, kind }) => root === position && kind === "send_email");
    demand(answers === 1 || (answers === 0 && waits), `the form at ${position} has ${answers} answers`);
  }
}

function checkAlerts({ log, alerts }: Store): void {
  const raised = log.filter(({ type }) => type === "alert_sent");
  const perTask = new Set(raised.map(({ data }) => (data as Data).task));
  demand(perTask.size === raised.length, "one task raised an alert twice");
  demand(alerts.size === raised.length, `${alerts.size} alerts, ${raised.length} in the log`);
}

/** What is stopped is in the hands of a person, once for what began it. */
function checkStops({ log, open, finished }: Store): void {
  const stopped = new Set(log.filter(({ type }) => type === "cascade_stopped").map(({ root }) => root));
  const reviews = [...open.values(), ...finished.values()].filter(({ mergeKey }) =>
    mergeKey.startsWith("manual_review:cascade:"),
  );
  const erased = new Set<string | null>();
  for (const { type, contact, depth, root } of log) {
    if (type === "contact_erased") erased.add(contact);
    const isEnd = depth === MAX_DEPTH && !erased.has(contact);
    demand(!isEnd || stopped.has(root), `the chain of ${root} came to its end and was not stopped`);
  }
  const reviewed = new Set(reviews.map(({ root }) => root));
  for (const root of stopped) demand(reviewed.has(root), `the chain of ${root} was stopped and no person was asked`);
}
