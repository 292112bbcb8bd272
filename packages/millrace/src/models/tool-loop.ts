/**
 * A conversation with a model in which it may use tools, until it answers. Every turn of the model and every result of a tool is on
 * record when it is there: an attempt behind a kill goes on behind the last one, pays for no answer twice and repeats no tool that
 * acts. What a tool gives is data for the model; nothing here reads it.
 */
import { MillraceError } from "../base/errors.ts";
import type { Json, NewEvent } from "../events/event.ts";
import type { DoStep } from "../tasks/steps.ts";
import { toolResults } from "./ask-model.ts";
import type { CapReached } from "./model-calls.ts";
import type { ModelFailure, ModelQuestion, ModelTool, ModelToolCall } from "./model-port.ts";
import { callEvents, type ModelCall, type Models, type ModelWork } from "./models.ts";

/** What a tool gave: kept whole, so that an attempt behind a kill is given the same. */
export interface ToolResult {
  /** For the model. */
  readonly text: string;
  /** For the tool itself, in this attempt and in one behind a kill. */
  readonly kept?: Json;
}

export interface LoopTool extends ModelTool {
  /** It changes something in the world: when its end is not known, it is not done again. Default false. */
  readonly acts?: boolean;
  /** @param input as the model gave it, of any shape. @returns a result also for what went wrong; a throw ends the loop. */
  run(input: Json): Promise<ToolResult>;
  /** What a call has kept, when its result is on record; also of calls of an attempt before. */
  remember?(kept: Json): void;
  /** Events of this call, told as soon as its result is on record. */
  emits?(): readonly NewEvent[];
}

export interface Loop<Answer> {
  readonly models: Models;
  /** `step` is the name of this loop among those of the task. */
  readonly work: ModelWork & { readonly step: string };
  readonly doStep: DoStep;
  readonly question: ModelQuestion<Answer>;
  readonly tools: readonly LoopTool[];
  /** Turns at most; in the last one no tool is offered. Default 8. */
  readonly maxTurns?: number;
}

export interface LoopEnd<Answer> {
  readonly end: { readonly outcome: "answered"; readonly value: Answer } | ModelFailure;
  /** Questions of an attempt before are among them. */
  readonly calls: readonly ModelCall[];
  readonly reached: CapReached | undefined;
}

const MAX_TURNS = 8;
/** Of one turn. A model that asks for more is told so. */
const MAX_CALLS = 8;

/**
 * @throws MillraceError step_unknown: a tool that acts was begun by an attempt before, and whether it was done is not known.
 * @throws the signal's reason, and what the database throws.
 */
export async function toolLoop<Answer>(loop: Loop<Answer>): Promise<LoopEnd<Answer>> {
  const { models, work, question, tools, maxTurns = MAX_TURNS } = loop;
  const turns: Json[] = [];
  const calls: ModelCall[] = [];
  for (let turn = 1; ; turn++) {
    const conversation = { ...question, tools, turns: [...turns], isLast: turn >= maxTurns };
    const asked = await models.converse(conversation, { ...work, step: `${work.step} ${turn}` });
    if (asked.call !== undefined) calls.push(asked.call);
    const ended = { calls, reached: asked.reached };
    const { answer } = asked;
    if (answer.outcome !== "answered") return { ...ended, end: answer };
    const { said, calls: wanted, value } = answer.value;
    if (wanted.length === 0) return { ...ended, end: { outcome: "answered", value: value as Answer } };
    if (conversation.isLast) return { ...ended, end: tooLong(maxTurns) };
    const results: { call: ModelToolCall; text: string }[] = [];
    for (const [i, call] of wanted.entries()) {
      work.signal.throwIfAborted();
      const at = `${work.step} ${turn}.${i + 1}`;
      const result = i < MAX_CALLS ? await used(loop, call, at, asked.takenFrom) : TOO_MANY;
      if (result === undefined) return { ...ended, end: NOT_RECORDED };
      results.push({ call, text: result });
    }
    turns.push(...said, toolResults(results));
  }
}

const TOO_MANY = `Not done: no more than ${MAX_CALLS} calls in one turn.`;
const MAX_NAME_LENGTH = 200;

/**
 * One step of the task: its name says which call of which turn it is.
 * @param takenFrom the task of which the model's answer is, where this one is of a replay.
 * @returns undefined: the work is of a replay, and this call is not on record.
 */
async function used<Answer>(
  { tools, doStep, work }: Loop<Answer>,
  call: ModelToolCall,
  at: string,
  takenFrom: number | undefined,
): Promise<string | undefined> {
  const tool = tools.find(({ name }) => name === call.name);
  if (tool === undefined) return `There is no tool "${call.name.slice(0, 100)}".`;
  const name = `${at} ${tool.name}`.slice(0, MAX_NAME_LENGTH);
  const options = {
    task: work.task,
    acts: tool.acts ?? false,
    emits: () => tool.emits?.() ?? [],
    recorded: takenFrom === undefined ? ("latest" as const) : { of: takenFrom },
  };
  try {
    const { text, kept } = await doStep<StepResult>(
      name,
      async () => {
        const result = await tool.run(call.input);
        return { text: result.text, kept: result.kept ?? null };
      },
      options,
    );
    if (kept !== null) tool.remember?.(kept);
    return text;
  } catch (error) {
    if (error instanceof MillraceError && error.code === "not_recorded") return undefined;
    throw error;
  }
}

const NOT_RECORDED: ModelFailure = {
  outcome: "not_recorded",
  error: "A replay uses no tool, and what it gave earlier is not on record.",
};

type StepResult = { readonly text: string; readonly kept: Json };

function tooLong(maxTurns: number): ModelFailure {
  return { outcome: "truncated", error: `The model did not answer in ${maxTurns} turns.` };
}

/** The events of a loop's questions. */
export function loopEvents(calls: readonly ModelCall[]): readonly NewEvent[] {
  return calls.flatMap((call) => callEvents(call));
}
