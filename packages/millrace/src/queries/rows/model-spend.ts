/** What models cost, summed over the record of their calls. */
import type { Queryable } from "../../db/database.ts";

export interface ModelSpendRow {
  readonly agent: string;
  /** Name and version of the prompt. */
  readonly prompt: string;
  readonly model: string;
  readonly calls: number;
  readonly answered: number;
  readonly inputTokens: number;
  /** Those of the input that the provider had in its cache. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
  /** Where it is not known what a call cost, what was reserved for it. */
  readonly costUsd: number;
}

/** The dearest first. @param since milliseconds; undefined: from the beginning. */
export function readModelSpend(db: Queryable, since: number | undefined): Promise<ModelSpendRow[]> {
  return db.query<ModelSpendRow>(
    `select agent, prompt, model, count(*)::int as calls, count(*) filter (where state = 'answered')::int as answered,
            coalesce(sum(input_tokens), 0)::int as "inputTokens", coalesce(sum(cached_tokens), 0)::int as "cachedTokens",
            coalesce(sum(output_tokens), 0)::int as "outputTokens", sum(coalesce(cost_usd, reserved_usd))::float8 as "costUsd"
       from model_calls where $1::float8 is null or asked_at >= to_timestamp($1::float8 / 1000)
      group by agent, prompt, model order by "costUsd" desc, agent, prompt, model`,
    [since ?? null],
  );
}

export interface DaySpend {
  /** "2026-03-02", in UTC. */
  readonly day: string;
  readonly agent: string;
  readonly calls: number;
  readonly costUsd: number;
}

/** The oldest day first. @param since milliseconds. */
export function readSpendByDay(db: Queryable, since: number): Promise<DaySpend[]> {
  return db.query<DaySpend>(
    `select to_char(asked_at at time zone 'UTC', 'YYYY-MM-DD') as day, agent, count(*)::int as calls,
            sum(coalesce(cost_usd, reserved_usd))::float8 as "costUsd"
       from model_calls where asked_at >= to_timestamp($1::float8 / 1000)
      group by 1, 2 order by 1, 2`,
    [since],
    "spend_by_day",
  );
}
