/** Who does which kind: the built-in agents, and a user's own, which take a kind over. Called by engine-components.ts. */
import { MillraceError } from "../base/errors.ts";
import type { TaskCatalogue } from "../tasks/catalogue.ts";
import type { PureHandler, TaskHandler } from "../tasks/handler.ts";

/**
 * The handlers with each kind in one hand only: later ones take kinds over from earlier ones.
 * @throws MillraceError unknown_task_kind for a kind no one has declared, invalid_config for one only a person can finish.
 */
export function assignKinds(handlers: readonly TaskHandler[], catalogue: TaskCatalogue): TaskHandler[] {
  const owner = new Map<string, TaskHandler>();
  for (const handler of handlers) {
    for (const kind of handler.kinds) {
      if (catalogue.get(kind).isHuman) {
        throw new MillraceError("invalid_config", {
          saw: `Agent "${handler.name}" wants to do "${kind}", which only a person can finish.`,
          next: "give the agent a kind of its own, or declare the kind under `tasks` with the agent's name in `doneBy`.",
          field: "agents",
        });
      }
      owner.set(kind, handler);
    }
  }
  return handlers
    .map((handler) => ({ ...handler, kinds: handler.kinds.filter((kind) => owner.get(kind) === handler) }))
    .filter((handler) => handler.kinds.length > 0);
}

export function pureByKind(handlers: readonly TaskHandler[]): ReadonlyMap<string, PureHandler> {
  return new Map(
    handlers
      .filter((handler) => handler.isPure)
      .flatMap((handler) => handler.kinds.map((kind) => [kind, handler] as const)),
  );
}
