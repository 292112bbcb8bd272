/**
 * What becomes of a request for one of our links: noted in the link's row at once, and told to the log two seconds
 * later, when it is known whether it was one of a burst. At most one event per e-mail, kind and minute.
 */
import { MillraceError } from "../../base/errors.ts";
import type { Database } from "../../db/database.ts";
import type { Json, NewEvent } from "../../events/event.ts";
import { BURST_MS, isBurst, machineOf } from "./machine.ts";

export interface HitRequest {
  readonly kind: "open" | "click";
  readonly letter: string;
  readonly link: number;
  readonly method: string;
  readonly userAgent: string;
}

export type Append = (events: readonly NewEvent[]) => Promise<unknown>;

/** @returns where the link leads (null for the pixel), or undefined when there is no such link. */
export async function noteHit(
  db: Database,
  { kind, letter, link, method, userAgent }: HitRequest,
  now: number,
): Promise<{ readonly target: string | null } | undefined> {
  const [row] = await db.query<{ target: string | null; sentAt: number }>(
    'select target, sent_at as "sentAt" from tracked_links where letter = $1 and link = $2',
    [letter, link],
    "find_link",
  );
  if (row === undefined) return undefined;
  const machine = machineOf({ kind, method, userAgent, afterMs: now - row.sentAt }) ?? null;
  // Of several hits that wait together, one by a person makes it a person's.
  await db.query(
    `update tracked_links set hits = hits + 1, last_hit_at = $3, pending_at = coalesce(pending_at, $3),
            pending_machine = case when pending_at is not null and pending_machine is null then null else $4 end
     where letter = $1 and link = $2`,
    [letter, link, new Date(now), machine],
    "note_hit",
  );
  return { target: row.target };
}

interface PendingHit {
  readonly letter: string;
  readonly link: number;
  readonly target: string | null;
  readonly contact: string;
  readonly messageId: string;
  readonly at: number;
  readonly machine: string | null;
}

const MAX_AT_ONCE = 200;

/**
 * Tells the log of the hits whose two seconds are over. Stopped at any point and done again, it tells nothing twice.
 * @returns true when there may be more.
 */
export async function flushHits(db: Database, append: Append, now: number): Promise<boolean> {
  const pending = await db.query<PendingHit>(
    `select letter, link, target, contact, message_id as "messageId", pending_at as at, pending_machine as machine
     from tracked_links where pending_at <= $1 order by pending_at limit ${MAX_AT_ONCE}`,
    [new Date(now - BURST_MS)],
    "pending_hits",
  );
  const bursts = await burstsAmong(db, [...new Set(pending.map((hit) => hit.letter))]);
  for (const hit of pending) {
    await tell(append, hit, hit.machine !== null || bursts.has(hit.letter));
    await db.query("update tracked_links set pending_at = null where letter = $1 and link = $2 and pending_at = $3", [
      hit.letter,
      hit.link,
      new Date(hit.at),
    ]);
  }
  return pending.length === MAX_AT_ONCE;
}

/** The e-mails all of whose links were followed at once. */
async function burstsAmong(db: Database, letters: readonly string[]): Promise<ReadonlySet<string>> {
  if (letters.length === 0) return new Set();
  const links = await db.query<{ letter: string; lastHitAt: number | null }>(
    `select letter, last_hit_at as "lastHitAt" from tracked_links where letter = any($1::text[]) and link > 0`,
    [letters],
    "links_of_letters",
  );
  const byLetter = Map.groupBy(links, (link) => link.letter);
  return new Set(
    [...byLetter].flatMap(([letter, own]) =>
      isBurst(own.map(({ lastHitAt }) => ({ lastHitAt: lastHitAt ?? undefined }))) ? [letter] : [],
    ),
  );
}

async function tell(append: Append, hit: PendingHit, isMachine: boolean): Promise<void> {
  const engagement = hit.link === 0 ? "opened" : "clicked";
  const minute = Math.floor(hit.at / 60_000);
  const data: Record<string, Json> = {
    engagement,
    message: hit.messageId,
    ...(isMachine ? { machine: true } : {}),
    ...(hit.target === null ? {} : { url: hit.target }),
  };
  const id = `${hit.letter}:${engagement}:${minute}${isMachine ? ":machine" : ""}`;
  try {
    const about = { source: "mail:tracking", id, contact: { id: hit.contact }, actor: "mail", occurredAt: hit.at };
    await append([{ type: "email_engagement", data, ...about }]);
  } catch (error) {
    // Another link of the e-mail in the same minute: that click is known.
    if (!(error instanceof MillraceError && error.code === "idempotency_conflict")) throw error;
  }
}
