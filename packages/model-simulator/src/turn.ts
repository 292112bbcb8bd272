/** One answer: from a script, or by rule, with the fault that was asked for. Pure. */
import type { Fault } from "./faults.ts";
import {
  type Message,
  type MessagesRequest,
  type Schema,
  type StopReason,
  systemText,
  type TextBlock,
  type ToolUseBlock,
  textOf,
} from "./messages.ts";
import { filledBySchema } from "./obedient.ts";

/** What a script answers. */
export interface Turn {
  readonly text?: string;
  /** In place of text, where structured output or a tool is asked for. */
  readonly json?: unknown;
  readonly tools?: readonly { readonly name: string; readonly input: unknown }[];
  /** Default: "tool_use" with tools, else "end_turn". */
  readonly stop?: StopReason;
}

/** @param number of the request, from 1. @returns undefined: answered by rule. */
export type Script = (request: MessagesRequest, number: number) => Turn | undefined;

const HUGE = 10_000_000;
const CHARACTERS_A_TOKEN = 4;

/** @param id of the answer: the same number makes the same message. */
export function messageOf(
  request: MessagesRequest,
  given: Turn | undefined,
  { id, fault }: { readonly id: number; readonly fault: Fault | undefined },
): Message {
  const turn = withFault(given ?? byRule(request), request, fault);
  const content = blocksOf(turn, request, id);
  const characters = content.reduce((sum, block) => sum + JSON.stringify(block).length, 0);
  return {
    id: `msg_${id}`,
    type: "message",
    role: "assistant",
    model: request.model,
    content,
    stop_reason:
      turn.stop ?? (content.some(({ type }) => type === "tool_use") && !isByTool(request) ? "tool_use" : "end_turn"),
    stop_sequence: null,
    usage: { ...inputOf(request), output_tokens: tokens(characters) },
  };
}

function byRule(request: MessagesRequest): Turn {
  const schema = schemaOf(request);
  if (schema !== undefined) return { json: filledBySchema(request, schema) };
  const last = request.messages.at(-1);
  return { text: `You said: ${last === undefined ? "" : textOf(last).slice(0, 200)}` };
}

function withFault(turn: Turn, request: MessagesRequest, fault: Fault | undefined): Turn {
  switch (fault) {
    case "refusal":
      return { stop: "refusal" };
    case "truncated":
      return { text: (turn.text ?? JSON.stringify(turn.json ?? {})).slice(0, 12), stop: "max_tokens" };
    case "wrong_json":
      return { text: "Certainly! Here is what I think: {" };
    case "wrong_shape":
      return { json: { unexpected: true } };
    case "paused":
      return { ...turn, stop: "pause_turn" };
    case "huge":
      return { text: "x".repeat(HUGE) };
    case "tool_storm":
      return {
        tools: (request.tools ?? []).map(({ name, input_schema = {} }) => ({
          name,
          input: filledBySchema(request, input_schema),
        })),
      };
    default:
      return turn;
  }
}

function blocksOf({ text, json, tools = [] }: Turn, request: MessagesRequest, id: number): Message["content"] {
  const calls = tools.map(
    ({ name, input }, i): ToolUseBlock => ({ type: "tool_use", id: `toolu_${id}_${i}`, name, input }),
  );
  if (json !== undefined && isByTool(request)) {
    return [{ type: "tool_use", id: `toolu_${id}`, name: request.tools?.[0]?.name ?? "json", input: json }];
  }
  const words = json === undefined ? text : JSON.stringify(json);
  return [...(words === undefined ? [] : [{ type: "text", text: words } satisfies TextBlock]), ...calls];
}

/** Structured output for models that have no format of their own: one tool that has to be called. */
function isByTool({ tools, tool_choice }: MessagesRequest): boolean {
  return tools?.length === 1 && (tool_choice?.type === "any" || tool_choice?.type === "tool");
}

function schemaOf(request: MessagesRequest): Schema | undefined {
  return request.output_config?.format?.schema ?? (isByTool(request) ? request.tools?.[0]?.input_schema : undefined);
}

/** A system prompt marked for the cache is counted as written the first time and as read when it is long known: here always as read. */
function inputOf(request: MessagesRequest): Omit<Message["usage"], "output_tokens"> {
  const isCached =
    Array.isArray(request.system) && request.system.some(({ cache_control }) => cache_control !== undefined);
  const system = tokens(systemText(request).length);
  const said = tokens(request.messages.reduce((sum, message) => sum + textOf(message).length, 0));
  return {
    input_tokens: isCached ? said : said + system,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: isCached ? system : 0,
  };
}

function tokens(characters: number): number {
  return Math.max(1, Math.ceil(characters / CHARACTERS_A_TOKEN));
}
