/**
 * The Messages API, as far as it is simulated. Source: Anthropic's API reference (POST /v1/messages, streaming, errors), as its
 * official client sends and reads it.
 */

export interface TextBlock {
  readonly type: "text";
  readonly text: string;
}

export interface ToolUseBlock {
  readonly type: "tool_use";
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export interface MessageParam {
  readonly role: "user" | "assistant";
  readonly content: string | readonly { readonly type: string; readonly text?: string; readonly content?: unknown }[];
}

export interface Tool {
  readonly name: string;
  readonly input_schema?: Schema;
}

/** JSON Schema, as far as it is read here. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

export interface MessagesRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly stream?: boolean;
  readonly system?: string | readonly { readonly text?: string; readonly cache_control?: unknown }[];
  readonly messages: readonly MessageParam[];
  readonly tools?: readonly Tool[];
  readonly tool_choice?: { readonly type: string; readonly name?: string };
  readonly output_config?: { readonly format?: { readonly type: string; readonly schema?: Schema } };
}

export type StopReason = "end_turn" | "max_tokens" | "tool_use" | "refusal" | "pause_turn";

export interface Message {
  readonly id: string;
  readonly type: "message";
  readonly role: "assistant";
  readonly model: string;
  readonly content: readonly (TextBlock | ToolUseBlock)[];
  readonly stop_reason: StopReason;
  readonly stop_sequence: null;
  readonly usage: Usage;
}

export interface Usage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
}

/** The words of a message, one block a paragraph. Results of tools are among them. */
export function textOf({ content }: MessageParam): string {
  if (typeof content === "string") return content;
  return content
    .map((block) => block.text ?? (block.content === undefined ? "" : JSON.stringify(block.content)))
    .join("\n\n");
}

export function systemText({ system }: MessagesRequest): string {
  return typeof system === "string" ? system : (system ?? []).map(({ text }) => text ?? "").join("\n");
}
