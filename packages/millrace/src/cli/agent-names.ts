/** The agents of a project, by the kinds of its catalogue: without an engine, which would have to be built to name them. */
import type { MillraceConfig } from "../config/config.ts";
import { missionTaskKinds, TaskCatalogue } from "../tasks/catalogue.ts";

/** The kinds of each agent, by its name. */
export function agentsOf(config: MillraceConfig): ReadonlyMap<string, readonly string[]> {
  const kinds = new TaskCatalogue({ ...missionTaskKinds, ...config.tasks }).all().filter(({ isHuman }) => !isHuman);
  const own = (config.agents ?? []).map(({ name, kinds: names }) => [name, names] as const);
  const declared = Map.groupBy(kinds, ({ doneBy }) => doneBy);
  return new Map([...[...declared].map(([name, of]) => [name, of.map(({ kind }) => kind)] as const), ...own]);
}
