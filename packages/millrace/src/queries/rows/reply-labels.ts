/** What people said a reply says, beside what was read of it before. Positions stand in reply_labels, the words in the log. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";
import type { ReplyClass } from "../../events/mission-events.ts";

export interface ReplyLabel {
  /** The reply's position. */
  readonly reply: Position;
  readonly contact: string | null;
  /** The contact's own words, at most 10,000 characters. */
  readonly text: string;
  readonly subject: string;
  /** A program wrote it. */
  readonly automatic: boolean;
  /** What a person read. */
  readonly class: ReplyClass;
  readonly by: string;
  readonly reason: string | null;
  readonly readAt: number;
  /** What the agent had read; null when it had read nothing. */
  readonly was: ReplyClass | null;
  readonly wasSure: boolean | null;
}

/** A reply that was read twice by people counts once, as it was read last. Replies of erased people have no words and are left out. Newest first. */
export function listLabels(
  db: Queryable,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<ReplyLabel[]> {
  return db.query<ReplyLabel>(
    `select l.reply, e.contact, left(coalesce(e.data->>'text', e.data->>'reason', e.data->>'excerpt'), 10000) as text,
            coalesce(e.data->>'subject', '') as subject, coalesce((e.data->>'automatic')::boolean, false) as automatic,
            l.class, r.data->>'by' as by, r.data->'reasons'->>0 as reason, l.read_at as "readAt",
            was.data->>'class' as was, (was.data->>'sure')::boolean as "wasSure"
       from reply_labels l
       cross join lateral events_at(l.reply) e
       cross join lateral events_at(l.reading) r
       left join lateral (
         select o.data from events_of(e.contact) o
          where o.position > l.reply and o.position < l.reading and o.type = 'reply_classified' and o.root = e.root
            and o.data->>'by' not like 'person:%'
          order by o.position desc limit 1) was on true
      where ($1::bigint is null or l.reply < $1)
        and not exists (select from reply_labels later where later.reply = l.reply and later.reading > l.reading)
        and coalesce(e.data->>'text', e.data->>'reason', e.data->>'excerpt') is not null
      order by l.reply desc limit $2`,
    [before ?? null, limit],
  );
}
