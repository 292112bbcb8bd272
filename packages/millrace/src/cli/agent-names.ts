/** The agents a project knows: who does the kinds of its catalogue, and whoever the database has seen at work. */
import type { MillraceConfig } from "../config.ts";
import type { Database } from "../db/database.ts";
import { didYouMean } from "../errors.ts";
import { missionTaskKinds, TaskCatalogue } from "../tasks/catalogue.ts";
import { listCircuits } from "../tasks/circuits.ts";
import { CliError } from "./exit-codes.ts";

/** The kinds of each agent, by its name. */
export function agentsOf(config: MillraceConfig): ReadonlyMap<string, readonly string[]> {
  const kinds = new TaskCatalogue({ ...missionTaskKinds, ...config.tasks }).all().filter(({ isHuman }) => !isHuman);
  const own = (config.agents ?? []).map(({ name, kinds: names }) => [name, names] as const);
  const declared = Map.groupBy(kinds, ({ doneBy }) => doneBy);
  return new Map([...[...declared].map(([name, of]) => [name, of.map(({ kind }) => kind)] as const), ...own]);
}

export function agentNames(config: MillraceConfig, known: readonly { readonly agent: string }[]): string[] {
  return [...new Set([...agentsOf(config).keys(), ...known.map(({ agent }) => agent)])].sort();
}

/** @throws CliError usage when nobody is called so, with the nearest name. */
export async function checkedAgent(db: Database, config: MillraceConfig, name = ""): Promise<string> {
  const names = agentNames(config, await listCircuits(db));
  if (names.includes(name)) return name;
  throw new CliError(
    "usage",
    `There is no agent "${name}".${didYouMean(name, names)}`,
    "see them all: millrace agents list.",
  );
}
