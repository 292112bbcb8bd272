/**
 * The language model as agents see it: a question of a task is reserved, asked, recorded and priced. An answer on record is given
 * without asking again; at a cap nothing is asked. Agents turn what happened into events of their task with `callEvents`.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { type Clock, durationMs } from "../base/clock.ts";
import { MillraceError } from "../base/errors.ts";
import type { Database } from "../db/database.ts";
import type { NewEvent } from "../events/event.ts";
import type { ModelOutcome } from "../events/mission-events.ts";
import { askModel, converseWithModel } from "./ask-model.ts";
import { type AskedFor, type CapReached, reserver, settler } from "./model-calls.ts";
import { needModelPackages } from "./model-packages.ts";
import type {
  AskModel,
  ConverseWithModel,
  ModelAnswer,
  ModelConversation,
  ModelQuestion,
  ModelTurn,
} from "./model-port.ts";
import type { AskingAgent, ModelPrice, ModelRules } from "./model-settings.ts";
import { costOf, mostCostOf, priceOf, type TokenCount } from "./prices.ts";

/** The work a question belongs to. */
export interface ModelWork {
  readonly agent: AskingAgent;
  readonly task: number;
  readonly contact: string | null;
  /** The task's own: lease lost, timed out, engine stopping. */
  readonly signal: AbortSignal;
  /** Distinguishes the questions of one task. Default: the prompt. */
  readonly step?: string;
}

/** What was asked, for the log: data of the event `model_called`. */
export interface ModelCall {
  readonly agent: string;
  readonly task: number;
  readonly prompt: string;
  readonly model: string;
  readonly outcome: ModelOutcome;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  readonly ms: number;
  /** Its answer was on record from an attempt before. */
  readonly recorded: boolean;
  /** SHA-256 of the question. */
  readonly request: string;
}

export interface Asked<Answer> {
  readonly answer: ModelAnswer<Answer>;
  /** undefined: nothing was asked, since a cap is reached, or the work is of a replay. */
  readonly call: ModelCall | undefined;
  readonly reached: CapReached | undefined;
  /** The answer is that of an earlier task: this one is of a replay. */
  readonly takenFrom?: number;
}

export interface Models {
  /** Which model, for people and records. */
  readonly name: string;
  /** May this agent ask? */
  isFor(agent: AskingAgent): boolean;
  /** @throws only the signal's reason, and what the database throws. */
  ask<Answer>(question: ModelQuestion<Answer>, work: ModelWork): Promise<Asked<Answer>>;
  /** One turn of a conversation with tools; reserved, recorded and found again like a question. */
  converse<Answer>(conversation: ModelConversation<Answer>, work: ModelWork): Promise<Asked<ModelTurn<Answer>>>;
}

export interface ModelsOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly rules: ModelRules;
  /** Default: the model of the rules. */
  readonly ask?: AskModel;
  readonly converse?: ConverseWithModel;
}

/** @throws MillraceError invalid_config: no key, no address, no price, or a package that is not installed. */
export function modelsOf(options: ModelsOptions): Models {
  const { db, clock, rules, ask = askModel(rules), converse = converseWithModel(rules) } = options;
  const price = checkedPrice(rules);
  const timeoutMs = durationMs(rules.timeout);
  const reserve = reserver(db);
  const settle = settler(db);

  async function recorded<Value>(
    { bytes, ...asked }: AskedFor & { readonly bytes: number },
    signal: AbortSignal,
    { read, speak }: Speaking<Value>,
  ): Promise<Asked<Value>> {
    const reserveUsd = mostCostOf(bytes, rules.maxOutputTokens, price);
    const reservation = await reserve({ asked, reserveUsd, caps: rules.caps, now: clock.now() });
    if (reservation.state === "over_cap") return overCap(reservation.reached);
    if (reservation.state === "not_recorded") return NOT_RECORDED;
    const { agent, task, prompt, model, hash: request } = asked;
    const facts = { agent, task, prompt, model, request };
    if (reservation.state === "recorded") {
      const { answer, tokens, costUsd, ms, task: asking } = reservation.recorded;
      const call = { ...facts, ...spentOf(tokens, costUsd), outcome: "answered" as const, ms, recorded: true };
      const value = { answer: { outcome: "answered" as const, value: read(answer), tokens }, call, reached: undefined };
      return asking === task ? value : { ...value, takenFrom: asking };
    }
    const begun = clock.now();
    const late = AbortSignal.timeout(timeoutMs);
    const answer = await answered(() => speak(AbortSignal.any([signal, late])), signal);
    const now = clock.now();
    const costUsd = answer.tokens === undefined ? undefined : costOf(answer.tokens, price);
    await settle({ call: reservation.call, answer, costUsd, now });
    const { outcome, tokens } = answer;
    const call = { ...facts, ...spentOf(tokens, costUsd ?? reserveUsd), outcome, ms: now - begun, recorded: false };
    return { answer, call, reached: undefined };
  }

  return {
    name: rules.model,
    isFor: (agent) => rules.agents.includes(agent),
    ask: (question, work) =>
      recorded(askedFor(question, work, rules), work.signal, {
        read: (answer) => question.schema.parse(answer),
        speak: (signal) => ask(question, signal),
      }),
    converse: (conversation, work) =>
      recorded(askedFor(conversation, work, rules), work.signal, {
        read: (answer) => {
          const turn = answer as ModelTurn<unknown>;
          return { ...turn, value: turn.calls.length === 0 ? conversation.schema.parse(turn.value) : undefined };
        },
        speak: (signal) => converse(conversation, signal),
      }),
  };
}

interface Speaking<Value> {
  /** From the record. */
  readonly read: (answer: unknown) => Value;
  readonly speak: (signal: AbortSignal) => Promise<ModelAnswer<Value>>;
}

const shapes = new WeakMap<z.ZodType, string>();

/** JSON Schema of an answer; worked out once for each schema: 0.3 ms, in which fifty conversations wait for each other. */
function shapeOf(schema: z.ZodType): string {
  const known = shapes.get(schema) ?? JSON.stringify(z.toJSONSchema(schema, { unrepresentable: "any" }));
  shapes.set(schema, known);
  return known;
}

/** A question as it is kept, and how long it is in bytes. */
function askedFor<Answer>(
  { prompt, instructions, data, schema, ...conversation }: ModelQuestion<Answer> & Partial<ModelConversation<Answer>>,
  { agent, task, contact, step = prompt }: ModelWork,
  { model, keepRequests }: ModelRules,
): AskedFor & { readonly bytes: number } {
  const shape = shapeOf(schema);
  const { tools, turns, isLast } = conversation;
  const said = tools === undefined ? [] : [tools, turns, isLast];
  const whole = JSON.stringify([model, instructions, data, shape, ...said]);
  const hash = createHash("sha256").update(whole).digest("hex");
  const request = keepRequests ? { instructions, data, ...(turns && { turns }) } : undefined;
  return { task, step, contact, agent, prompt, model, hash, request, bytes: Buffer.byteLength(whole) };
}

const NOT_RECORDED: Asked<never> = {
  answer: { outcome: "not_recorded", error: "A replay asks no model, and no answer to this question is on record." },
  call: undefined,
  reached: undefined,
};

function overCap(reached: CapReached): Asked<never> {
  const { cap, spentUsd, capUsd } = reached;
  const error = `The cap per ${cap} is reached: ${usd(spentUsd)} of ${usd(capUsd)} are spent.`;
  return { answer: { outcome: "over_cap", error }, call: undefined, reached };
}

/** A time-out of ours is an outcome; the task's own signal is thrown on. */
async function answered<Answer>(
  work: () => Promise<ModelAnswer<Answer>>,
  signal: AbortSignal,
): Promise<ModelAnswer<Answer>> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if ((error as Error).name !== "TimeoutError") throw error;
    return { outcome: "timed_out", error: "The model did not answer in time." };
  }
}

function spentOf(tokens: TokenCount | undefined, costUsd: number) {
  return { inputTokens: tokens?.input ?? 0, outputTokens: tokens?.output ?? 0, costUsd };
}

/** The events of a task that asked. */
export function callEvents(call: ModelCall | undefined): readonly NewEvent[] {
  return call === undefined ? [] : [{ type: "model_called", data: { ...call } }];
}

export function usd(amount: number): string {
  return `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
}

function checkedPrice(rules: ModelRules): ModelPrice {
  const { provider, model, apiKey, baseUrl, prices } = rules;
  if (provider === "anthropic" && apiKey === undefined) {
    throw wrong("models.apiKey", "`models` is set and there is no key for Anthropic's API.", "set ANTHROPIC_API_KEY.");
  }
  if (provider === "openai-compatible" && baseUrl === undefined) {
    throw wrong(
      "models.baseUrl",
      "`models.provider` is a server of your own, and its address is not set.",
      'set models.baseUrl, like "http://127.0.0.1:11434/v1".',
    );
  }
  needModelPackages(provider, "`models`");
  const price = priceOf(model, prices);
  if (price === undefined) {
    throw wrong(
      "models.prices",
      `What "${model}" costs is not known, so nothing can be capped.`,
      `set models.prices, like { "${model}": { input: 3, output: 15 } } in US dollars for a million tokens; a local one: 0.`,
    );
  }
  return price;
}

function wrong(field: string, saw: string, next: string): MillraceError {
  return new MillraceError("invalid_config", { saw, next, field });
}
