/**
 * Messages that came in, from their bytes to their rows and, where they say something about a contact, their events. In the log
 * first and noted second, both under a message's own id and content: stopped in between and taken again, it is once. Many at
 * once share their statements and their commits.
 */

import { createHash } from "node:crypto";
import { MillraceError } from "../../base/errors.ts";
import { failpoint } from "../../base/failpoint.ts";
import { type Database, isRefused } from "../../db/database.ts";
import type { Appended, NewEvent } from "../../events/event.ts";
import { authorOf } from "./author.ts";
import { earlierMails, keyOf, type Note, noteAll, type TakenMail } from "./inbound-rows.ts";
import { type Arrived, type Judged, judge, MAIL_SOURCE } from "./judge-mail.ts";
import type { ParsedMail } from "./parse-mail.ts";
import { readMail } from "./read-mail.ts";

export type { TakenMail } from "./inbound-rows.ts";

export interface TakeMailOptions {
  readonly db: Database;
  readonly append: (events: readonly NewEvent[]) => Promise<readonly Appended[]>;
  /** Our own address: what it sent is not an answer. */
  readonly ownAddress: string;
  /** More addresses and domains of ours. */
  readonly own?: readonly string[];
  /** The same, from where they are kept; asked once for messages that come together. */
  readonly ownPeople?: () => Promise<readonly string[]>;
  /** Whether someone with this address was erased: of their mail nothing is kept but that it came. */
  readonly wasErased: (address: string) => boolean;
}

/**
 * Takes a message in. A message that came before is answered with its first row.
 * Rejects only when the database does not answer; what is wrong with the message is in the row.
 */
export async function takeMail(raw: Uint8Array, now: number, options: TakeMailOptions): Promise<TakenMail> {
  const [taken] = await takeMails([raw], now, options);
  if (taken === undefined) throw new Error("A message was taken and has no row.");
  return taken;
}

/** Takes messages in, in their order. @returns the row of each. */
export async function takeMails(
  raws: readonly Uint8Array[],
  now: number,
  options: TakeMailOptions,
): Promise<readonly TakenMail[]> {
  const { db } = options;
  const read: (Arrived | Note)[] = [];
  const own = [...(options.own ?? []), ...((await options.ownPeople?.()) ?? [])];
  for (const raw of raws) read.push(await arrivedOf(raw, now, { ...options, own }));
  const known = await earlierMails(db, read.filter(isArrived));
  const fresh = new Map<string, Arrived>();
  for (const one of read) {
    if (isArrived(one) && !known.has(keyOf(one)) && !fresh.has(keyOf(one))) fresh.set(keyOf(one), one);
  }
  const judged = await Promise.all([...fresh.values()].map((one) => judge(db, one)));
  const judgedNotes = new Map((await stated(judged, options)).map((note) => [keyOf(note), note]));
  // In the order they came; what is the same as another of them has one row.
  const notes = [
    ...new Map(read.map((one) => [keyOf(one), isArrived(one) ? judgedNotes.get(keyOf(one)) : one])).values(),
  ];
  const written = notes.filter((note) => note !== undefined);
  const rows = await noteAll(db, written, now);
  const byKey = new Map([...known, ...rows.map((row, i) => [keyOf(written[i] as Note), row] as const)]);
  return read.map((one) => {
    const row = byKey.get(keyOf(one));
    if (row === undefined) throw new Error("A message was taken and has no row.");
    return row;
  });
}

/** Sets a message aside that could not even be fetched. */
export async function setAside(db: Database, key: string, why: string, now: number): Promise<void> {
  const unknown = { messageId: key, from: "", subject: "", contact: null, event: null };
  await noteAll(db, [{ ...unknown, state: "unreadable", why: why.slice(0, 500) }], now);
}

function isArrived(one: Arrived | Note): one is Arrived {
  return "raw" in one;
}

/** @returns a row at once for what cannot be read at all, and for mail of a person whose data was erased. */
async function arrivedOf(raw: Uint8Array, now: number, options: TakeMailOptions): Promise<Arrived | Note> {
  const { mail, unreadable } = await readMail(raw);
  const fallback = `sha256:${createHash("sha256").update(raw).digest("hex")}`;
  const unnamed = { messageId: fallback, from: "", subject: "", contact: null, event: null };
  if (mail === undefined) return { ...unnamed, state: "unreadable", why: unreadable ?? "" };
  const house = { address: options.ownAddress, own: options.own ?? [] };
  if ([mail.from, authorOf(mail, house).address].some((address) => options.wasErased(address ?? ""))) {
    return { ...unnamed, state: "ignored", why: "from a person whose data was erased" };
  }
  return { mail, messageId: mail.messageId ?? fallback, digest: digestOf(mail), unread: unreadable, house, raw, now };
}

/** Of what a reader sees: a second delivery has other Received lines and is the same message. */
function digestOf({ from, fromShown, subject, text }: ParsedMail): string {
  return createHash("sha256")
    .update(`${from ?? fromShown}\n${subject}\n${text}`)
    .digest("hex")
    .slice(0, 16);
}

/** Puts the events of messages on record together; where one of them is refused, each by itself. */
async function stated(judged: readonly Judged[], options: Pick<TakeMailOptions, "append">): Promise<readonly Note[]> {
  const events = judged.flatMap((one) => eventOf(one) ?? []);
  if (events.length === 0) return judged.map(({ note }) => note);
  try {
    const recorded = await options.append(events);
    failpoint("after-mail-stated");
    let next = 0;
    return judged.map(({ note, event }) =>
      event === undefined ? note : { ...note, contact: event.contact, event: recorded[next++]?.position ?? null },
    );
  } catch (error) {
    if (!isRefused(error)) throw error;
    const [only] = judged;
    if (judged.length === 1 && only !== undefined) return [refused(only, error as Error)];
    const notes: Note[] = [];
    for (const one of judged) notes.push(...(await stated([one], options)));
    return notes;
  }
}

function eventOf({ note, event }: Judged): NewEvent | undefined {
  if (event === undefined) return undefined;
  const id = `${note.messageId}:${note.digest ?? ""}`.slice(0, 500);
  const about = { source: MAIL_SOURCE, id, contact: { id: event.contact }, actor: "mail" };
  return { type: "email_engagement", data: event.data, ...about };
}

function refused({ note, event }: Judged, error: Error): Note {
  // In the log before a crash, when less was known.
  if (error instanceof MillraceError && error.code === "idempotency_conflict") {
    return { ...note, contact: event?.contact ?? null, why: "recorded before" };
  }
  return { ...note, state: "unreadable", why: error.message.slice(0, 500) };
}
