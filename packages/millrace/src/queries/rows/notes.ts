/** What a model said for people: a score in words, and the summary of work that failed. */
import type { Queryable } from "../../db/database.ts";
import type { Position } from "../../events/event.ts";

export interface ScoreWordsRow {
  /** Of the event that states it. */
  readonly position: Position;
  readonly words: string;
  /** What the rubric cannot see, each with the words of the lead it rests on. */
  readonly beyond: readonly { readonly what: string; readonly words: string }[];
  readonly model: string;
}

/** The latest of a contact, when it is of this score. */
export async function findScoreWords(
  db: Queryable,
  contact: string,
  score: number,
): Promise<ScoreWordsRow | undefined> {
  const [row] = await db.query<ScoreWordsRow & { score: number }>(
    `select position, data->>'words' as words, data->'beyond' as beyond, data->>'model' as model, (data->>'score')::float8 as score
       from events_of($1) where type = 'score_explained' and data->>'words' is not null order by position desc limit 1`,
    [contact],
    "find_score_words",
  );
  if (row?.score !== score) return undefined;
  const { position, words, beyond, model } = row;
  return { position, words, beyond, model };
}

export interface SummaryRow {
  readonly position: Position;
  /** Each with the positions of the events it rests on. */
  readonly sentences: readonly { readonly text: string; readonly events: readonly Position[] }[];
  readonly model: string;
}

/** The latest summary in the cascade a task of a person belongs to. */
export async function findSummary(
  db: Queryable,
  { contact, root }: { readonly contact: string | null; readonly root: Position },
): Promise<SummaryRow | undefined> {
  const source = contact === null ? "single_events where contact is null" : "events_of($2) where true";
  const [row] = await db.query<SummaryRow>(
    `select position, data->'sentences' as sentences, data->>'model' as model from ${source} and root = $1 and type = 'summary_written'
        and data->'sentences' is not null order by position desc limit 1`,
    contact === null ? [root] : [root, contact],
    "find_summary",
  );
  return row;
}
