/**
 * The record of what models were asked: one row a question, written before it is asked. From it come the caps, the spend, and the
 * answers an attempt behind a kill does not pay for again.
 */
import type { Database, Tx } from "../db/database.ts";
import type { ModelAnswer } from "./model-port.ts";
import type { ModelRules } from "./model-settings.ts";
import type { TokenCount } from "./prices.ts";

/** A question of a task. */
export interface AskedFor {
  readonly task: number;
  /** Which question of the task. */
  readonly step: string;
  readonly contact: string | null;
  readonly agent: string;
  readonly prompt: string;
  readonly model: string;
  /** SHA-256 of the question. */
  readonly hash: string;
  /** The question itself; undefined: only its hash is kept. */
  readonly request: unknown;
}

export interface RecordedAnswer {
  readonly call: number;
  readonly answer: unknown;
  readonly tokens: TokenCount;
  readonly costUsd: number;
  readonly ms: number;
}

export type Cap = "task" | "contact" | "day";

export interface CapReached {
  readonly cap: Cap;
  readonly spentUsd: number;
  readonly capUsd: number;
  /** Of the question, "2026-11-30" (UTC). */
  readonly day: string;
}

export type Reservation =
  | { readonly state: "recorded"; readonly recorded: RecordedAnswer }
  | { readonly state: "reserved"; readonly call: number }
  | { readonly state: "over_cap"; readonly reached: CapReached };

/** One for all processes: who reserves sees what the others have reserved. */
const SPEND_LOCK = 4_801_207;
const DAY_MS = 86_400_000;
const CONTACT_DAYS = 30;

/**
 * Reserves what a question may cost at most, unless its answer is on record or a cap is reached.
 * What a killed process had asked counts with what was reserved: it may have been paid for.
 */
export function reserve(
  db: Database,
  asked: AskedFor,
  { reserveUsd, caps, now }: { readonly reserveUsd: number; readonly caps: ModelRules["caps"]; readonly now: number },
): Promise<Reservation> {
  return db.transaction(async (tx): Promise<Reservation> => {
    await tx.query("select pg_advisory_xact_lock($1)", [SPEND_LOCK]);
    const recorded = await answerOf(tx, asked);
    if (recorded !== undefined) return { state: "recorded", recorded };
    const reached = reachedOf(await spentBy(tx, asked, now), caps, reserveUsd);
    if (reached !== undefined) {
      return { state: "over_cap", reached: { ...reached, day: new Date(now).toISOString().slice(0, 10) } };
    }
    const [row] = await tx.query<{ id: number }>(
      `insert into model_calls (task, step, contact, agent, prompt, model, request_hash, request, reserved_usd, asked_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10::float8 / 1000)) returning id`,
      [
        asked.task,
        asked.step,
        asked.contact,
        asked.agent,
        asked.prompt,
        asked.model,
        asked.hash,
        asked.request === undefined ? null : JSON.stringify(asked.request),
        reserveUsd,
        now,
      ],
    );
    return { state: "reserved", call: row?.id ?? 0 };
  });
}

/** Another question under the same name is another question: an answer counts for the words it was asked with. */
async function answerOf(tx: Tx, { task, step, hash }: AskedFor): Promise<RecordedAnswer | undefined> {
  const [row] = await tx.query<{
    id: number;
    answer: unknown;
    input: number;
    cached: number;
    output: number;
    costUsd: number;
    ms: number;
  }>(
    `select id, answer, input_tokens as input, cached_tokens as cached, output_tokens as output, cost_usd as "costUsd",
            round(extract(epoch from ended_at - asked_at) * 1000)::float8 as ms
       from model_calls where task = $1 and step = $2 and request_hash = $3 and state = 'answered' order by id limit 1`,
    [task, step, hash],
  );
  if (row === undefined) return undefined;
  const { id, answer, input, cached, output, costUsd, ms } = row;
  return { call: id, answer, tokens: { input, cached, output }, costUsd, ms };
}

type Spent = Readonly<Record<Cap, number>>;

async function spentBy(tx: Tx, { task, contact }: AskedFor, now: number): Promise<Spent> {
  const [row] = await tx.query<Spent>(
    `select coalesce(sum(usd) filter (where task = $1), 0)::float8 as task,
            coalesce(sum(usd) filter (where contact = $2), 0)::float8 as contact,
            coalesce(sum(usd) filter (where asked_at >= to_timestamp($3::float8 / 1000)), 0)::float8 as day
       from (select task, contact, asked_at, coalesce(cost_usd, reserved_usd) as usd from model_calls
              where task = $1 or (contact = $2 and asked_at >= to_timestamp($4::float8 / 1000))
                 or asked_at >= to_timestamp($3::float8 / 1000)) counted`,
    [task, contact, now - (now % DAY_MS), now - CONTACT_DAYS * DAY_MS],
  );
  return row ?? { task: 0, contact: 0, day: 0 };
}

function reachedOf(spent: Spent, caps: ModelRules["caps"], reserveUsd: number): Omit<CapReached, "day"> | undefined {
  const limits = { task: caps.perTaskUsd, contact: caps.perContactUsd, day: caps.perDayUsd };
  const cap = (["day", "contact", "task"] as const).find((name) => spent[name] + reserveUsd > limits[name]);
  return cap === undefined ? undefined : { cap, spentUsd: spent[cap], capUsd: limits[cap] };
}

/**
 * Writes how a question ended.
 * @param costUsd undefined: the provider did not say what it took; what was reserved then counts.
 */
export async function settle(
  db: Database,
  call: number,
  ended: ModelAnswer<unknown>,
  { costUsd, now }: { readonly costUsd: number | undefined; readonly now: number },
): Promise<void> {
  const { outcome, tokens } = ended;
  const isAnswered = outcome === "answered";
  await db.query(
    `update model_calls set state = $2, outcome = $3, answer = $4, error = $5, input_tokens = $6, cached_tokens = $7, output_tokens = $8,
            cost_usd = $9, ended_at = to_timestamp($10::float8 / 1000) where id = $1`,
    [
      call,
      isAnswered ? "answered" : "failed",
      outcome,
      isAnswered ? JSON.stringify(ended.value) : null,
      isAnswered ? null : ended.error,
      tokens?.input ?? null,
      tokens?.cached ?? null,
      tokens?.output ?? null,
      costUsd ?? null,
      now,
    ],
  );
}
