/**
 * One answer may come by two ways: into our own inbox, and into HubSpot's log of an inbox connected to it. The one that comes
 * second says nothing new. Asked by judge-mail.ts and by HubSpot's reader of e-mails (crm/hubspot/inbound/emails.ts).
 */
import type { Queryable } from "../../db/database.ts";

/** A reply as far as another copy of it would be the same. */
export interface OneReply {
  /** Our id. */
  readonly contact: string;
  /** Its own Message-ID, where it is known. */
  readonly mailId: string | undefined;
  readonly text: string;
  /** When it was written or came, by whichever clock; milliseconds. */
  readonly at: number;
  /** The way it came by: only what came by others is compared. */
  readonly source: string;
  /** True: the words may have been kept from us. Default false: no words are no words. */
  readonly mayBeBlind?: boolean;
}

/** Clocks differ, and HubSpot logs late. */
const WITHIN_MS = 86_400_000;
/** HubSpot keeps the words from a token that may not read them: then the moment alone says that it is the same. */
const WORDLESS_WITHIN_MS = 600_000;

interface Earlier {
  readonly text: string | null;
  readonly mailId: string | null;
  readonly at: number;
}

/** Whether the log has this reply already, by another way: by its Message-ID, else by its words. */
export async function isAnsweredElsewhere(db: Queryable, reply: OneReply): Promise<boolean> {
  const rows = await db.query<Earlier>(
    `select e.data->>'text' as text, coalesce(e.data->>'mailId', m.message_id) as "mailId", e.occurred_at as at
     from events_of($1) e left join inbound_mail m on m.event = e.position
     where e.type = 'email_engagement' and e.data->>'engagement' = 'replied' and e.source <> $2
       and e.occurred_at between $3 and $4`,
    [reply.contact, reply.source, new Date(reply.at - WITHIN_MS), new Date(reply.at + WITHIN_MS)],
    "is_answered_elsewhere",
  );
  return rows.some((earlier) => isSame(reply, earlier));
}

function isSame(reply: OneReply, earlier: Earlier): boolean {
  if (reply.mailId !== undefined && earlier.mailId !== null && reply.mailId === earlier.mailId) return true;
  const words = bare(reply.text);
  if (words !== "") return words === bare(earlier.text ?? "");
  return reply.mayBeBlind === true && Math.abs(reply.at - earlier.at) <= WORDLESS_WITHIN_MS;
}

/** The words alone: programs differ in blanks, quotes and dashes. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
