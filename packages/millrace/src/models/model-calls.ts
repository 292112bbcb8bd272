/**
 * The record of what models were asked: one row a question, written before it is asked. From it come the caps, the spend, and the
 * answers an attempt behind a kill does not pay for again.
 */
import { int8Column, jsonColumn, textColumn, timestampColumn, uuidColumn } from "../db/columns.ts";
import type { Database, Tx } from "../db/database.ts";
import { gathered } from "../db/gathered.ts";
import { replayedAmong } from "../events/replays.ts";
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
  /** The task that asked. */
  readonly task: number;
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
  | { readonly state: "over_cap"; readonly reached: CapReached }
  | { readonly state: "not_recorded" };

/** One for all processes: who reserves sees what the others have reserved. */
const SPEND_LOCK = 4_801_207;
const DAY_MS = 86_400_000;
const CONTACT_DAYS = 30;

/** A question, and what it may cost. */
export interface ReservationRequest {
  readonly asked: AskedFor;
  readonly reserveUsd: number;
  readonly caps: ModelRules["caps"];
  /** Milliseconds. */
  readonly now: number;
}

/**
 * Reserves what a question may cost at most, unless its answer is on record or a cap is reached. For work of a replay nothing is
 * reserved: an answer to the same question about the same contact is taken, whichever task asked it first.
 * What a killed process had asked counts with what was reserved: it may have been paid for. Questions that come at the same moment
 * are reserved in one transaction, each as if those before it were on record.
 */
export function reserver(db: Database): (request: ReservationRequest) => Promise<Reservation> {
  return gathered((requests: readonly ReservationRequest[]) => db.transaction((tx) => reserveAll(tx, requests)));
}

async function reserveAll(
  tx: Tx,
  requests: readonly ReservationRequest[],
): Promise<readonly { readonly result: Reservation }[]> {
  // Sent together: one round trip, and each sees what was committed before the lock was had.
  const [, recorded, spent, replayed] = await Promise.all([
    tx.script(`select pg_advisory_xact_lock(${SPEND_LOCK})`),
    answersOf(tx, requests),
    spentBy(tx, requests),
    replayedAmong(
      tx,
      requests.map(({ asked }) => asked.task),
    ),
  ]);
  const within: ReservationRequest[] = [];
  const ends: (Reservation | ReservationRequest)[] = [];
  for (const [i, request] of requests.entries()) {
    const known = recorded.get(i);
    const { asked, caps, reserveUsd, now } = request;
    if (known !== undefined) ends.push({ state: "recorded", recorded: known });
    else if (replayed.has(asked.task)) ends.push(await ofReplay(tx, asked));
    else {
      const own = spent.get(i) ?? NOTHING_SPENT;
      const reached = reachedOf(withReserved(own, within, request), caps, reserveUsd);
      if (reached !== undefined) ends.push({ state: "over_cap", reached: { ...reached, day: dayOf(now) } });
      else {
        within.push(request);
        ends.push(request);
      }
    }
  }
  const calls = await insertCalls(tx, within);
  return ends.map((end) => ({
    result: "state" in end ? end : { state: "reserved", call: calls[within.indexOf(end)] ?? 0 },
  }));
}

async function ofReplay(tx: Tx, asked: AskedFor): Promise<Reservation> {
  const earlier = await answerBefore(tx, asked);
  return earlier === undefined ? { state: "not_recorded" } : { state: "recorded", recorded: earlier };
}

/** @returns the id of each. */
async function insertCalls(tx: Tx, requests: readonly ReservationRequest[]): Promise<readonly number[]> {
  if (requests.length === 0) return [];
  const asked = requests.map((request) => request.asked);
  const rows = await tx.query<{ id: number }>(
    `insert into model_calls (task, step, contact, agent, prompt, model, request_hash, request, reserved_usd, asked_at)
     select task, step, contact, agent, prompt, model, hash, request, reserved::float8, asked_at
       from unnest((select $1::bigint[]), (select $2::text[]), (select $3::uuid[]), (select $4::text[]), (select $5::text[]),
                   (select $6::text[]), (select $7::text[]), (select $8::json[]), (select $9::text[]), (select $10::timestamptz[]))
            with ordinality as g(task, step, contact, agent, prompt, model, hash, request, reserved, asked_at, i)
      order by i returning id`,
    [
      int8Column(asked.map(({ task }) => task)),
      textColumn(asked.map(({ step }) => step)),
      uuidColumn(asked.map(({ contact }) => contact)),
      textColumn(asked.map(({ agent }) => agent)),
      textColumn(asked.map(({ prompt }) => prompt)),
      textColumn(asked.map(({ model }) => model)),
      textColumn(asked.map(({ hash }) => hash)),
      jsonColumn(asked.map(({ request }) => (request === undefined ? null : JSON.stringify(request)))),
      textColumn(requests.map(({ reserveUsd }) => `${reserveUsd}`)),
      timestampColumn(requests.map(({ now }) => now)),
    ],
    "insert_model_calls",
  );
  return rows.map(({ id }) => id);
}

const ANSWER = `task, answer, input_tokens as input, cached_tokens as cached, output_tokens as output, cost_usd as "costUsd",
  round(extract(epoch from ended_at - asked_at) * 1000)::float8 as ms`;

interface AnswerRow {
  readonly task: number;
  readonly answer: unknown;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly costUsd: number;
  readonly ms: number;
}

/** By the place of the request. Another question under the same name is another question: an answer counts for the words it was asked with. */
async function answersOf(
  tx: Tx,
  requests: readonly ReservationRequest[],
): Promise<ReadonlyMap<number, RecordedAnswer>> {
  const rows = await tx.query<AnswerRow & { i: number }>(
    `select g.i - 1 as i, found.* from unnest((select $1::bigint[]), (select $2::text[]), (select $3::text[]))
            with ordinality as g(task, step, hash, i)
      cross join lateral (select ${ANSWER} from model_calls m
                           where m.task = g.task and m.step = g.step and m.request_hash = g.hash
                             and m.state = 'answered' and m.answer is not null order by m.id limit 1) found`,
    [
      int8Column(requests.map(({ asked }) => asked.task)),
      textColumn(requests.map(({ asked }) => asked.step)),
      textColumn(requests.map(({ asked }) => asked.hash)),
    ],
    "model_answers_of",
  );
  return new Map(rows.map((row) => [Number(row.i), answerIn(row)]));
}

/** Of whatever task, about the same contact. */
async function answerBefore(tx: Tx, { contact, agent, prompt, hash }: AskedFor): Promise<RecordedAnswer | undefined> {
  const [row] = await tx.query<AnswerRow>(
    `select ${ANSWER} from model_calls
      where contact is not distinct from $1::uuid and agent = $2 and prompt = $3 and request_hash = $4
        and state = 'answered' and answer is not null order by id limit 1`,
    [contact, agent, prompt, hash],
  );
  return row && answerIn(row);
}

function answerIn({ task, answer, input, cached, output, costUsd, ms }: AnswerRow): RecordedAnswer {
  return { task, answer, tokens: { input, cached, output }, costUsd, ms };
}

type Spent = Readonly<Record<Cap, number>>;

const NOTHING_SPENT: Spent = { task: 0, contact: 0, day: 0 };

/** By the place of the request. The day is summed once. */
async function spentBy(tx: Tx, requests: readonly ReservationRequest[]): Promise<ReadonlyMap<number, Spent>> {
  const now = Math.max(...requests.map((request) => request.now));
  const usd = "coalesce(sum(coalesce(cost_usd, reserved_usd)), 0)::float8";
  const rows = await tx.query<Spent & { i: number }>(
    `select g.i - 1 as i,
            (select ${usd} from model_calls m where m.task = g.task) as task,
            (select ${usd} from model_calls m where m.contact = g.contact and m.asked_at >= to_timestamp($4::float8 / 1000)) as contact,
            (select ${usd} from model_calls m where m.asked_at >= to_timestamp($3::float8 / 1000)) as day
       from unnest((select $1::bigint[]), (select $2::uuid[])) with ordinality as g(task, contact, i)`,
    [
      int8Column(requests.map(({ asked }) => asked.task)),
      uuidColumn(requests.map(({ asked }) => asked.contact)),
      now - (now % DAY_MS),
      now - CONTACT_DAYS * DAY_MS,
    ],
    "model_spend_of",
  );
  return new Map(rows.map(({ i, task, contact, day }) => [Number(i), { task, contact, day }]));
}

/** What those before it in the same transaction take counts too. */
function withReserved(spent: Spent, before: readonly ReservationRequest[], { asked }: ReservationRequest): Spent {
  const usdOf = (all: readonly ReservationRequest[]) => all.reduce((sum, { reserveUsd }) => sum + reserveUsd, 0);
  return {
    task: spent.task + usdOf(before.filter((other) => other.asked.task === asked.task)),
    contact:
      asked.contact === null
        ? spent.contact
        : spent.contact + usdOf(before.filter((other) => other.asked.contact === asked.contact)),
    day: spent.day + usdOf(before),
  };
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

function reachedOf(spent: Spent, caps: ModelRules["caps"], reserveUsd: number): Omit<CapReached, "day"> | undefined {
  const limits = { task: caps.perTaskUsd, contact: caps.perContactUsd, day: caps.perDayUsd };
  const cap = (["day", "contact", "task"] as const).find((name) => spent[name] + reserveUsd > limits[name]);
  return cap === undefined ? undefined : { cap, spentUsd: spent[cap], capUsd: limits[cap] };
}

/** How a question ended. */
export interface EndedCall {
  readonly call: number;
  readonly answer: ModelAnswer<unknown>;
  /** undefined: the provider did not say what it took; what was reserved then counts. */
  readonly costUsd: number | undefined;
  /** Milliseconds. */
  readonly now: number;
}

/** Writes how questions ended; those that end at the same moment in one statement. */
export function settler(db: Database): (ended: EndedCall) => Promise<void> {
  return gathered(async (ended: readonly EndedCall[]) => {
    await settleAll(db, ended);
    return ended.map(() => ({ result: undefined }));
  });
}

async function settleAll(db: Database, ended: readonly EndedCall[]): Promise<void> {
  const answers = ended.map(({ answer }) => answer);
  const numbers = (values: readonly (number | undefined)[]) =>
    textColumn(values.map((one) => (one === undefined ? null : `${one}`)));
  await db.query(
    `update model_calls m set state = case when g.outcome = 'answered' then 'answered' else 'failed' end, outcome = g.outcome,
            answer = g.answer, error = g.error, input_tokens = g.input::int, cached_tokens = g.cached::int,
            output_tokens = g.output::int, cost_usd = g.cost::float8, ended_at = g.ended_at
       from unnest((select $1::bigint[]), (select $2::text[]), (select $3::json[]), (select $4::text[]), (select $5::text[]),
                   (select $6::text[]), (select $7::text[]), (select $8::text[]), (select $9::timestamptz[]))
            as g(id, outcome, answer, error, input, cached, output, cost, ended_at)
      where m.id = g.id`,
    [
      int8Column(ended.map(({ call }) => call)),
      textColumn(answers.map(({ outcome }) => outcome)),
      jsonColumn(answers.map((one) => (one.outcome === "answered" ? JSON.stringify(one.value) : null))),
      textColumn(answers.map((one) => (one.outcome === "answered" ? null : one.error))),
      numbers(answers.map(({ tokens }) => tokens?.input)),
      numbers(answers.map(({ tokens }) => tokens?.cached)),
      numbers(answers.map(({ tokens }) => tokens?.output)),
      numbers(ended.map(({ costUsd }) => costUsd)),
      timestampColumn(ended.map(({ now }) => now)),
    ],
    "settle_model_calls",
  );
}
