/**
 * Asks a model by the AI SDK: Claude by Anthropic's API, others by the API most local servers speak. Loaded when the first question
 * is asked. Nothing is tried again here: how long to wait is the queue's to decide, and a provider's Retry-After may be an hour.
 */
import type { LanguageModel, ModelMessage } from "ai";
import type { z } from "zod";
import { messageOf } from "../base/errors.ts";
import type { Json } from "../events/event.ts";
import { retryAfterMs } from "../web/retry-after.ts";
import type {
  AskModel,
  ConverseWithModel,
  ModelAnswer,
  ModelConversation,
  ModelFailure,
  ModelQuestion,
  ModelToolCall,
  ModelTurn,
} from "./model-port.ts";
import type { ModelRules } from "./model-settings.ts";
import type { TokenCount } from "./prices.ts";

type Sdk = typeof import("ai");

interface Opened {
  readonly sdk: Sdk;
  readonly model: LanguageModel;
}

/** @returns asks the model of the settings, which is opened at the first question. */
export function askModel(settings: ModelRules): AskModel {
  let opened: Promise<Opened> | undefined;
  return async (question, signal) => {
    opened ??= open(settings);
    return ask(await opened, question, { maxOutputTokens: settings.maxOutputTokens, signal });
  };
}

/** @returns the same for turns of a conversation with tools. No tool is run here. */
export function converseWithModel(settings: ModelRules): ConverseWithModel {
  let opened: Promise<Opened> | undefined;
  return async (conversation, signal) => {
    opened ??= open(settings);
    return converse(await opened, conversation, { maxOutputTokens: settings.maxOutputTokens, signal });
  };
}

/** Results of tools as the library keeps them, to be put into `turns` behind what the model said. */
export function toolResults(results: readonly { readonly call: ModelToolCall; readonly text: string }[]): Json {
  return {
    role: "tool",
    content: results.map(({ call, text }) => ({
      type: "tool-result",
      toolCallId: call.id,
      toolName: call.name,
      output: { type: "text", value: text },
    })),
  };
}

async function open({ provider, model, baseUrl, apiKey }: ModelRules): Promise<Opened> {
  const baseURL = baseUrl === undefined ? {} : { baseURL: baseUrl.replace(/\/+$/, "") };
  const key = apiKey === undefined ? {} : { apiKey };
  const sdk = await import("ai");
  if (provider === "anthropic") {
    const { createAnthropic } = await import("@ai-sdk/anthropic");
    return { sdk, model: createAnthropic({ ...baseURL, ...key })(model) };
  }
  const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
  const made = createOpenAICompatible({
    name: "local",
    baseURL: baseURL.baseURL ?? "",
    ...key,
    supportsStructuredOutputs: true,
  });
  return { sdk, model: made(model) };
}

const schemas = new WeakMap<z.ZodType, ReturnType<Sdk["zodSchema"]>>();

/** The SDK keeps what it worked out of a schema with its own; one for each of ours, so that this is done once. */
function sdkSchema<Answer>(sdk: Sdk, schema: z.ZodType<Answer>) {
  const known = schemas.get(schema) ?? sdk.zodSchema(schema);
  schemas.set(schema, known);
  return known as ReturnType<typeof sdk.zodSchema<Answer>>;
}

interface Limits {
  readonly maxOutputTokens: number;
  readonly signal: AbortSignal;
}

async function ask<Answer>(
  { sdk, model }: Opened,
  { instructions, data, schema }: ModelQuestion<Answer>,
  limits: Limits,
): Promise<ModelAnswer<Answer>> {
  return answered(sdk, limits, async () => {
    const result = await sdk.generateText({
      ...callOf(model, instructions, limits),
      messages: [{ role: "user", content: data }],
      output: sdk.Output.object({ schema: sdkSchema(sdk, schema) }),
    });
    return { result, value: () => result.output as Answer };
  });
}

async function converse<Answer>(
  { sdk, model }: Opened,
  { instructions, data, schema, tools, turns, isLast }: ModelConversation<Answer>,
  limits: Limits,
): Promise<ModelAnswer<ModelTurn<Answer>>> {
  return answered(sdk, limits, async () => {
    const offered = tools.map(({ name, description, inputSchema }) => {
      const tool = sdk.tool({ description, inputSchema: sdk.jsonSchema(inputSchema) });
      return [name, tool] as const;
    });
    const result = await sdk.generateText({
      ...callOf(model, instructions, limits),
      messages: [{ role: "user", content: data }, ...(turns as unknown as ModelMessage[])],
      tools: Object.fromEntries(offered),
      toolChoice: isLast ? "none" : "auto",
      // Who asks runs the tools, and writes down what they gave.
      stopWhen: sdk.isStepCount(1),
      output: sdk.Output.object({ schema: sdkSchema(sdk, schema) }),
    });
    const said = JSON.parse(JSON.stringify(result.response.messages)) as Json[];
    const calls = result.toolCalls.map(({ toolCallId: id, toolName: name, input }) => ({
      id,
      name,
      input: input as Json,
    }));
    const value = () => ({ said, calls, ...(calls.length === 0 && { value: result.output as Answer }) });
    return { result, value };
  });
}

function callOf(model: LanguageModel, instructions: string, { maxOutputTokens, signal }: Limits) {
  return {
    model,
    instructions: {
      role: "system" as const,
      content: instructions,
      providerOptions: { anthropic: { cacheControl: { type: "ephemeral" as const } } },
    },
    maxOutputTokens,
    maxRetries: 0,
    abortSignal: signal,
  };
}

interface Ended<Value> {
  readonly result: {
    readonly usage: SdkUsage;
    readonly finishReason: string;
    readonly rawFinishReason: string | undefined;
  };
  /** Throws where what came is not of the shape that was asked for. */
  readonly value: () => Value;
}

async function answered<Value>(
  sdk: Sdk,
  { signal }: Limits,
  work: () => Promise<Ended<Value>>,
): Promise<ModelAnswer<Value>> {
  let tokens: TokenCount | undefined;
  try {
    const { result, value } = await work();
    tokens = tokensOf(result.usage);
    const flaw = flawOf(result.finishReason, result.rawFinishReason);
    if (flaw !== undefined) return { ...flaw, tokens };
    return { outcome: "answered", value: value(), tokens };
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(sdk, error);
    return tokens === undefined ? failure : { ...failure, tokens };
  }
}

/** A pause counts as "stop" with the SDK, and what came before it looks whole. */
function flawOf(reason: string, raw: string | undefined): ModelFailure | undefined {
  if (reason === "content-filter") return { outcome: "refused", error: "The model refused to answer." };
  if (reason === "length" || raw === "pause_turn")
    return { outcome: "truncated", error: "The answer did not come to its end." };
  if (reason === "stop" || reason === "tool-calls") return undefined;
  return { outcome: "malformed", error: `The answer ended with "${raw ?? reason}".` };
}

function failureOf(sdk: Sdk, error: unknown): ModelFailure {
  if (sdk.NoObjectGeneratedError.isInstance(error)) {
    const tokens = error.usage === undefined ? {} : { tokens: tokensOf(error.usage) };
    const flaw = flawOf(error.finishReason ?? "other", undefined);
    if (flaw !== undefined) return { ...flaw, ...tokens };
    return { outcome: "malformed", error: shortened(messageOf(error)), ...tokens };
  }
  if (sdk.APICallError.isInstance(error)) return failureOfCall(error);
  // An answer that is none: a tool where none was offered, nothing at all.
  if (sdk.AISDKError.isInstance(error)) return { outcome: "malformed", error: shortened(messageOf(error)) };
  return { outcome: "unreachable", error: shortened(messageOf(error)) };
}

interface CallError {
  readonly message: string;
  readonly statusCode?: number | undefined;
  readonly isRetryable: boolean;
  readonly responseHeaders?: Record<string, string> | undefined;
}

function failureOfCall({ message, statusCode, isRetryable, responseHeaders }: CallError): ModelFailure {
  const error = shortened(statusCode === undefined ? message : `${statusCode}: ${message}`);
  // A lost connection: what became of the question is not known.
  if (statusCode === undefined || (statusCode === 200 && isRetryable)) return { outcome: "unreachable", error };
  // A success that is none: a proxy's page of HTML, an empty body.
  if (statusCode < 300) return { outcome: "malformed", error };
  const refused = { error, tokens: NOTHING, ...retryAfter(responseHeaders) };
  if (statusCode === 429) return { outcome: "rate_limited", ...refused };
  if (statusCode === 529 || statusCode === 503) return { outcome: "overloaded", ...refused };
  return { outcome: statusCode >= 500 ? "unreachable" : "rejected", ...refused };
}

/** An answer with an error's status took none. */
const NOTHING: TokenCount = { input: 0, cached: 0, output: 0 };

function retryAfter(headers: Record<string, string> = {}): { retryAfterMs?: number } {
  const ms = retryAfterMs(headers["retry-after"]);
  return ms !== undefined && ms > 0 ? { retryAfterMs: ms } : {};
}

interface SdkUsage {
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly inputTokenDetails?: { readonly cacheReadTokens?: number | undefined };
}

function tokensOf({ inputTokens = 0, outputTokens = 0, inputTokenDetails }: SdkUsage): TokenCount {
  return { input: inputTokens, cached: inputTokenDetails?.cacheReadTokens ?? 0, output: outputTokens };
}

const MAX_ERROR_LENGTH = 500;

function shortened(text: string): string {
  return text.slice(0, MAX_ERROR_LENGTH).toWellFormed();
}
