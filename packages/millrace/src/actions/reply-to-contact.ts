/**
 * A person writes to a contact from here. The e-mail is a `send_email` task like every other: the gate is asked again when it
 * leaves, it is in the ledger before its first byte, and it stands in the thread of what it answers.
 */
import { z } from "zod";
import { MillraceError } from "../base/errors.ts";
import type { Contact } from "../contacts/contact.ts";
import { CONTACT_COLUMNS } from "../contacts/store.ts";
import type { Tx } from "../db/database.ts";
import { PERSONS_ANSWER } from "../email/compose/default-templates.ts";
import { asSubject, asText } from "../email/compose/templates.ts";
import { mayEmail } from "../email/policy/mail-gate.ts";
import { text } from "../events/define-event.ts";
import type { Json } from "../events/event.ts";
import { appendContactFacts } from "../events/facts.ts";
import { commit } from "../operations/commit.ts";
import type { DatabaseContext } from "../operations/context.ts";
import { contact as contactField, id, moment } from "../operations/fields.ts";
import { operation } from "../operations/operation.ts";
import { contactIdOf } from "../queries/contact-id.ts";
import { type AnsweredReply, findReply, findWritten } from "../queries/rows/conversations.ts";
import { draftTask } from "../tasks/draft.ts";
import { completeByPerson } from "../tasks/people.ts";
import { insertTasks } from "../tasks/queue.ts";

const input = z.object({
  contact: contactField,
  text: text(20_000).min(1).describe("Plain text; nothing is quoted and no foot is added."),
  subject: text(300).min(1).optional().describe('Left out: "Re:" and the subject of what it answers.'),
  answers: id.optional().describe("Position of the reply it answers. Left out: the contact's latest, if there is one."),
  key: text(200)
    .min(8, "has fewer than 8 characters")
    .describe("Made up by who asks, once for each e-mail: asked again with the same one, nothing is sent twice."),
  task: id.optional().describe("A task of people that is done with it."),
  sendAtMs: moment
    .optional()
    .describe(
      "Not before this moment: until then cancelTask takes it back. Milliseconds since 1970; left out: at once.",
    ),
});

export const replyToContact = operation({
  input,
  answer: z.object({
    task: z.number().int().describe("The task that sends it."),
    event: z.number().int().describe("The fact on record: reply_written."),
    isNew: z.boolean().describe("False: it was asked for before by the same key, and nothing was done now."),
  }),
  run: async (context, given) => {
    const contact = await contactIdOf(context.db, given.contact);
    await context.work.taskIds.ensure(context.db, 1);
    return commit(context, (tx) => write(tx, context, contact, given));
  },
});

type Given = z.output<typeof input>;

async function write(tx: Tx, context: DatabaseContext, contact: string, given: Given) {
  const { by, clock, work } = context;
  const before = await findWritten(tx, contact, given.key);
  if (before !== undefined) return askedBefore(before, given);
  const reply = await findReply(tx, contact, given.answers);
  if (reply === undefined && given.answers !== undefined) throw noReply(given.answers);
  const subject = asSubject(given.subject ?? subjectOf(reply));
  if (subject === "") throw noSubject();
  const now = clock.now();
  await mustBeAbleToLeave(tx, contact, now);
  const task = work.taskIds.take();
  const email = { subject, text: asText(given.text) };
  const fact = { key: given.key, ...email, task, ...(reply === undefined ? {} : { answers: reply.position }) };
  const cause = reply;
  const [event] = await appendContactFacts(
    tx,
    [{ type: "reply_written", data: fact, contact: { id: contact } }],
    by.id,
    now,
    cause,
  );
  const position = event?.position ?? 0;
  const origin = {
    contact,
    cause: position,
    root: cause?.root ?? position,
    depth: (cause?.depth ?? -1) + 2,
    bornAt: now,
    requestedBy: by.id,
  };
  const request = {
    kind: "send_email",
    mergeKey: `send_email:reply:${given.key}`,
    priority: "URGENT" as const,
    payload: payloadOf(email, given.key, reply),
    ...(given.sendAtMs === undefined || given.sendAtMs <= now ? {} : { delayMs: given.sendAtMs - now }),
  };
  await insertTasks(tx, [draftTask(request, origin, task, now, work.tasks)], work.agingMs);
  if (given.task !== undefined) await completeByPerson(tx, given.task, by, { replied: task }, now);
  return { task, event: position, isNew: true };
}

function payloadOf(email: { subject: string; text: string }, key: string, reply: AnsweredReply | undefined): Json {
  const messageId = reply?.messageId ?? "";
  return {
    template: PERSONS_ANSWER,
    onceKey: `reply:${key}`,
    purpose: "transactional",
    ...email,
    ...(/^<[^\s<>]{1,500}>$/.test(messageId) ? { answers: [messageId] } : {}),
  };
}

function subjectOf(reply: AnsweredReply | undefined): string {
  const subject = reply?.subject.trim() ?? "";
  return subject === "" || /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

/** @throws MillraceError idempotency_conflict for another e-mail under the same key. */
function askedBefore({ position, data }: { position: number; data: Json }, given: Given) {
  const earlier = data as { text: string; task: number };
  if (earlier.text === asText(given.text)) return { task: earlier.task, event: position, isNew: false };
  throw new MillraceError("idempotency_conflict", {
    saw: `Another e-mail was written under the key "${given.key}". Nothing was sent.`,
    next: "make up a new key for each e-mail.",
    field: "key",
  });
}

/** Said now, so that no one believes it is sent. The gate at sending has the last word. */
async function mustBeAbleToLeave(tx: Tx, id: string, now: number): Promise<void> {
  const [contact] = await tx.query<Contact>(`select ${CONTACT_COLUMNS} from contacts where id = $1`, [id]);
  const verdict = contact === undefined ? undefined : mayEmail(contact, { purpose: "transactional" }, now);
  if (verdict?.ok === true) return;
  throw new MillraceError("invalid_request", {
    saw: `The e-mail would not leave: ${verdict?.reason ?? "The contact is gone."} Nothing was sent.`,
    next: "take another way to the contact; `millrace contacts show` has what is known.",
    field: "contact",
  });
}

function noReply(position: number): MillraceError {
  return new MillraceError("not_found", {
    saw: `Event ${position} is no reply of this contact. Nothing was sent.`,
    next: "see what they wrote: `millrace mail conversation <who>`.",
    field: "answers",
  });
}

function noSubject(): MillraceError {
  return new MillraceError("invalid_request", {
    saw: "The contact has written nothing whose subject could be taken, and none is given. Nothing was sent.",
    next: "give a subject.",
    field: "subject",
  });
}
