/**
 * What an operation is: one verb (action) or one question (query) of the engine. Its words stand in a table
 * (actions/table.ts, queries/table.ts and the parts beside them), from which every door is made: HTTP routes, commands, `engine.actions` and
 * `engine.queries`, OpenAPI, and tools of an MCP server. Its code stands in a file of its own and is loaded when it is
 * first used, so that the words alone cost nothing: `millrace --help` reads them all.
 */
import type { z } from "zod";
import type { Role } from "../access/roles.ts";
import type { ErrorCode } from "../base/errors.ts";
import type { DatabaseContext, EngineContext } from "./context.ts";

/** The code of an operation. */
export interface Operation<Input extends z.ZodObject, Result, Context> {
  /** What it is asked with. Unknown fields are refused. */
  readonly input: Input;
  /** What it answers, as JSON at every door. */
  readonly answer: z.ZodType<Result>;
  /** @throws MillraceError, by one of the codes in the table's `errors`. */
  readonly run: (context: Context, input: z.output<Input>) => Promise<Result>;
}

/** An operation that needs the database and the settings only, so that it works where no engine runs. */
export function operation<Input extends z.ZodObject, Result>(
  code: Omit<Operation<Input, Result, DatabaseContext>, "answer"> & { readonly answer: z.ZodType<NoInfer<Result>> },
): Operation<Input, Result, DatabaseContext> {
  return code;
}

/** An operation that decides, and so needs the workflows that are in force. */
export function engineOperation<Input extends z.ZodObject, Result>(
  code: Omit<Operation<Input, Result, EngineContext>, "answer"> & { readonly answer: z.ZodType<NoInfer<Result>> },
): Operation<Input, Result, EngineContext> {
  return code;
}

// biome-ignore lint/suspicious/noExplicitAny: operations of different inputs and answers stand in one table.
export type AnyOperation<Context = any> = Operation<any, any, Context>;

/** How an operation appears at HTTP. Fields named in the path are its parameters; the others are query or body. */
export interface HttpWords {
  readonly method: "GET" | "POST";
  /** With parameters as ":name". */
  readonly path: string;
}

/** An option of a command, for one field of the input. */
export interface OptionWords {
  /** As commander writes them: "--limit <number>". */
  readonly flags: string;
  readonly about: string;
  /**
   * How the text is read. "json"; "moment": "30m" ago, or ISO 8601; "future": "30m" from now, or ISO 8601; "word": one of
   * the schema's, in any case. Default: as the schema says.
   */
  readonly as?: "json" | "moment" | "future" | "word";
  /** Of an option without a value: what the field then is. Default true. */
  readonly sets?: boolean;
  /** What the text is when the option is left out. */
  readonly preset?: string;
}

/**
 * How an operation appears on the command line. Several may share one command; the one runs whose `args` and `required`
 * options are given.
 */
export interface CommandWords {
  /** "tasks claim" */
  readonly command: string;
  /** In place of the summary. */
  readonly about?: string;
  /** The fields that are words after the command, in order. */
  readonly args?: readonly string[];
  /** Options by their field. */
  readonly options?: Readonly<Record<string, OptionWords>>;
  /** Options by their field, without which another operation of the same command is meant. */
  readonly required?: Readonly<Record<string, OptionWords>>;
  /** An option that is no field: without it, another operation of the same command is meant. */
  readonly needsOption?: OptionWords;
  /** True: the answer depends on what the engine was started with, so the one that runs here is asked, when there is one. */
  readonly isOfRunning?: boolean;
  /** Fields the command itself fills. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** What a person can copy, without "millrace" before it. */
  readonly examples: readonly string[];
}

/** What an operation does to the world, for confirmation, OpenAPI and the annotations of MCP tools. */
export type Effect = "read" | "change" | "destructive";

/** An operation as a tool for a model: its name is the operation's in snake case, its words the summary. */
export interface ToolWords {
  /** What a model has to know beside the summary: when to use it, what to do next. */
  readonly about?: string;
  /** True: asked again with the same input, it changes nothing more. A question never changes anything. */
  readonly isIdempotent?: boolean;
  /** Of a list: how its next page is asked for. */
  readonly page?: PageWords;
}

export interface PageWords {
  /** The field of the answer that is the list. */
  readonly list: string;
  /** The field of the input that names where the next page begins: the last item of this one, by its field `by`. */
  readonly field: string;
  readonly by: string;
  /** In place of `field`, where it was given: the list then goes the other way. */
  readonly ahead?: string;
  /** The field of the answer that says how far was looked, where not enough was found in time: the next page begins there. */
  readonly further?: string;
}

/** An entry of the table. */
export interface OperationWords<Code extends AnyOperation = AnyOperation> {
  /** One or two sentences: help text, summary in OpenAPI, description of the tool. */
  readonly summary: string;
  /** The group it is listed under. */
  readonly tag: string;
  readonly effect: Effect;
  /** "engine": it decides, so the workflows in force are loaded. Default "database". */
  readonly needs?: "database" | "engine";
  /** An input that is valid, for documents and tests. */
  readonly example: Readonly<Record<string, unknown>>;
  /** What its answer is, in one sentence. */
  readonly answers: string;
  /** Which people may ask it, by their roles (access/roles.ts). */
  readonly roles: readonly Role[];
  /** True: only for the engine's own key, people who are signed in, and the command line. Default: every key with the scope of its effect. */
  readonly isOwners?: boolean;
  /** What it is as a tool of the MCP server; left out: it is none. */
  readonly tool?: ToolWords;
  /** Errors beside those of a wrong input. */
  readonly errors?: readonly ErrorCode[];
  readonly http: HttpWords;
  readonly cli?: readonly CommandWords[];
  readonly load: () => Promise<Code>;
}

type EngineWords<Code extends AnyOperation> = OperationWords<Code> & { readonly needs: "engine" };
type DatabaseWords<Code extends AnyOperation> = OperationWords<Code> & { readonly needs?: "database" };

/** Ties the words of an operation to its code: one that needs an engine says so. */
export function words<Code extends AnyOperation<DatabaseContext>>(entry: DatabaseWords<Code>): DatabaseWords<Code>;
export function words<Code extends AnyOperation<EngineContext>>(entry: EngineWords<Code>): EngineWords<Code>;
export function words<Code extends AnyOperation>(entry: OperationWords<Code>): OperationWords<Code> {
  return entry;
}

/** A table of operations by name. The name is the operation id of OpenAPI, and in snake case that of the MCP tool. */
export type OperationTable = Readonly<Record<string, OperationWords>>;

/** The code behind an entry. */
export type CodeOf<Words> = Words extends { readonly load: () => Promise<infer Code> } ? Code : never;
/** What an operation may be asked with: fields with a default may be left out. */
export type InputOf<Words> = CodeOf<Words> extends Operation<infer Input, infer _, infer __> ? z.input<Input> : never;
/** What it answers. */
export type ResultOf<Words> = CodeOf<Words> extends Operation<infer _, infer Result, infer __> ? Result : never;
