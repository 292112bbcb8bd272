/** A table of operations as functions: `engine.actions.claimTask({ id: 7 }, { by: "ada" })`. Made by the engine, and by commands that work without one. */
import type { Actor } from "../events/actor.ts";
import { actorOf } from "../events/actor.ts";
import type { DatabaseContext, EngineContext } from "./context.ts";
import { checkedInput } from "./input.ts";
import type { AnyOperation, InputOf, OperationTable, OperationWords, ResultOf } from "./operation.ts";

/** Who asks. */
export interface Asked {
  /** "person:ada", "cli:root", "app:crm-import"; a bare name is a person's. It is kept with the event the action leaves. */
  readonly by: string;
}

/**
 * Actions by name. Each checks its input, does all of it in one transaction or nothing, wakes every process, and leaves an
 * event that says who did it.
 * @throws MillraceError invalid_request naming the field, and the errors of the action.
 */
export type ActionFunctions<Table extends OperationTable> = {
  readonly [Name in keyof Table]: (input: InputOf<Table[Name]>, asked: Asked) => Promise<ResultOf<Table[Name]>>;
};

/**
 * Questions by name. Fields with a default may be left out.
 * @throws MillraceError invalid_request naming the field; not_found and others as the question says.
 */
export type QueryFunctions<Table extends OperationTable> = {
  readonly [Name in keyof Table]: (
    ...input: Record<string, never> extends InputOf<Table[Name]> ? [InputOf<Table[Name]>?] : [InputOf<Table[Name]>]
  ) => Promise<ResultOf<Table[Name]>>;
};

/** Asks one operation. @param contextFor what it is given, by who asks. */
export async function ask(
  words: OperationWords,
  contextFor: (by: Actor) => DatabaseContext,
  input: unknown,
  by: Actor,
): Promise<unknown> {
  const code: AnyOperation = await words.load();
  return code.run(contextFor(by), checkedInput(code.input, input));
}

const ENGINE: Asked = { by: "app:engine" };

/** The functions of a table. A question names no one: it changes nothing. */
export function functionsOf(table: OperationTable, contextFor: (by: Actor) => EngineContext): object {
  return Object.fromEntries(
    Object.entries(table).map(([name, words]) => [
      name,
      (input: unknown = {}, asked: Asked = ENGINE) => ask(words, contextFor, input, actorOf(asked.by)),
    ]),
  );
}
