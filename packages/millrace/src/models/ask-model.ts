/**
 * Asks a model by the AI SDK: Claude by Anthropic's API, others by the API most local servers speak. Loaded when the first question
 * is asked. Nothing is tried again here: how long to wait is the queue's to decide, and a provider's Retry-After may be an hour.
 */
import type { LanguageModel } from "ai";
import { messageOf } from "../errors.ts";
import { retryAfterMs } from "../web/retry-after.ts";
import type { AskModel, ModelAnswer, ModelFailure, ModelQuestion } from "./model-port.ts";
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

async function ask<Answer>(
  { sdk, model }: Opened,
  { instructions, data, schema }: ModelQuestion<Answer>,
  { maxOutputTokens, signal }: { readonly maxOutputTokens: number; readonly signal: AbortSignal },
): Promise<ModelAnswer<Answer>> {
  try {
    const result = await sdk.generateText({
      model,
      instructions: {
        role: "system",
        content: instructions,
        providerOptions: { anthropic: { cacheControl: { type: "ephemeral" } } },
      },
      messages: [{ role: "user", content: data }],
      output: sdk.Output.object({ schema }),
      maxOutputTokens,
      maxRetries: 0,
      abortSignal: signal,
    });
    const tokens = tokensOf(result.usage);
    const flaw = flawOf(result.finishReason, result.rawFinishReason);
    if (flaw !== undefined) return { ...flaw, tokens };
    return { outcome: "answered", value: result.output as Answer, tokens };
  } catch (error) {
    signal.throwIfAborted();
    return failureOf(sdk, error);
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

const LONGEST_ERROR = 500;

function shortened(text: string): string {
  return text.slice(0, LONGEST_ERROR).toWellFormed();
}
