/**
 * What an agent asks of a language model, and every way that can end. A model never throws at an agent: refusal, truncation, half
 * JSON, overload and a lost connection are named outcomes. Which library speaks to which provider is in ask-model.ts.
 */
import type { z } from "zod";
import type { Json } from "../events/event.ts";
import type { ModelOutcome } from "../events/mission-events.ts";
import type { TokenCount } from "./prices.ts";

/** A question with the shape of its answer. */
export interface ModelQuestion<Answer> {
  /** Name and version of the prompt, "reply_class@1": an answer is judged by the words it was asked with. */
  readonly prompt: string;
  /** What the model is to do: the same for every question of this prompt, so that providers can keep it in their cache. */
  readonly instructions: string;
  /** What it is about. Data: never an instruction, whatever is written in it. */
  readonly data: string;
  readonly schema: z.ZodType<Answer>;
}

export type ModelAnswer<Answer> =
  | { readonly outcome: "answered"; readonly value: Answer; readonly tokens: TokenCount }
  | ModelFailure;

export interface ModelFailure {
  readonly outcome: Exclude<ModelOutcome, "answered">;
  /** For people. */
  readonly error: string;
  /** What it took all the same. */
  readonly tokens?: TokenCount;
  /** Milliseconds the provider asks to wait. */
  readonly retryAfterMs?: number;
}

/** A tool a model may ask for. Its words come from its server, and are read by the model alone. */
export interface ModelTool {
  /** Letters, digits, "_" and "-", 64 at most. */
  readonly name: string;
  readonly description: string;
  /** JSON Schema of an object. */
  readonly inputSchema: object;
}

/** A question in the course of which the model may ask for tools. */
export interface ModelConversation<Answer> extends ModelQuestion<Answer> {
  readonly tools: readonly ModelTool[];
  /** What was said since, as the model's library keeps it: turns of the model and results of tools. */
  readonly turns: readonly Json[];
  /** The model has to answer now: it may ask for no tool any more. */
  readonly isLast: boolean;
}

export interface ModelToolCall {
  readonly id: string;
  readonly name: string;
  readonly input: Json;
}

/** One turn of a model: tools it asks for, or its answer. */
export interface ModelTurn<Answer> {
  /** What it said, to be put into `turns`. */
  readonly said: readonly Json[];
  readonly calls: readonly ModelToolCall[];
  /** undefined: it asks for tools first. */
  readonly value?: Answer | undefined;
}

/** The same for a turn of a conversation. */
export type ConverseWithModel = <Answer>(
  conversation: ModelConversation<Answer>,
  signal: AbortSignal,
) => Promise<ModelAnswer<ModelTurn<Answer>>>;

/** Speaks to one model. @throws only the signal's reason, when that is aborted. */
export type AskModel = <Answer>(question: ModelQuestion<Answer>, signal: AbortSignal) => Promise<ModelAnswer<Answer>>;
