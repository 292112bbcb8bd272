/**
 * Loops over event → task → what its agent states → event, found before they run, with their path. One in which nothing
 * asks whether to go on is an error; one that a condition or a timer may end is a warning; one that is known to end (a
 * condition or a kind with `endsLoop`, a person's task) is none. Whatever is not known here (what agents state undeclared)
 * is stopped while it runs (R8).
 */
import type { TaskCatalogue } from "../tasks/catalogue.ts";
import type { Finding } from "./lint.ts";
import type { Workflow } from "./workflow.ts";
import { type Edge, graphOf, nameOfNode } from "./workflow-graph.ts";

export function lintLoops(workflows: readonly Workflow[], tasks: TaskCatalogue): Finding[] {
  const edges = graphOf(workflows, tasks).filter(({ strength }) => strength !== "ends");
  const endless = loopsIn(edges.filter(({ strength }) => strength === "always"));
  const known = new Set(endless.map(keyOf));
  const others = loopsIn(edges).filter((loop) => !known.has(keyOf(loop)));
  return [...endless.map(endlessLoop), ...others.map(possibleLoop)].filter((finding) => finding !== undefined);
}

type Loop = readonly Edge[];

/** The shortest loop through each step of a workflow that is in one; each loop once. */
function loopsIn(edges: readonly Edge[]): readonly Loop[] {
  const inside = withinLoops(edges);
  const from = Map.groupBy(inside, (edge) => edge.from);
  const loops = new Map<string, Loop>();
  for (const edge of inside) {
    if (edge.by === undefined) continue;
    const back = wayTo(edge.from, edge.to, from);
    if (back === undefined) continue;
    const loop = [edge, ...back];
    const key = keyOf(loop);
    if (!loops.has(key)) loops.set(key, loop);
  }
  return [...loops.values()];
}

/** Without the edges that lead to nothing, or to which nothing leads, over and over: most graphs have none left. */
function withinLoops(edges: readonly Edge[]): readonly Edge[] {
  let kept = edges;
  for (;;) {
    const starts = new Set(kept.map(({ from }) => from));
    const ends = new Set(kept.map(({ to }) => to));
    const next = kept.filter(({ from, to }) => starts.has(to) && ends.has(from));
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

/** The shortest way, breadth first; [] when both are the same. */
function wayTo(target: string, start: string, from: ReadonlyMap<string, readonly Edge[]>): readonly Edge[] | undefined {
  const ways = new Map<string, readonly Edge[]>([[start, []]]);
  for (const [node, way] of ways) {
    if (node === target) return way;
    for (const edge of from.get(node) ?? []) if (!ways.has(edge.to)) ways.set(edge.to, [...way, edge]);
  }
  return undefined;
}

function keyOf(loop: Loop): string {
  return loop
    .map(({ from }) => from)
    .sort()
    .join("\n");
}

function endlessLoop(loop: Loop): Finding | undefined {
  return finding(loop, {
    level: "error",
    code: "endless_loop",
    says: (path) =>
      `This leads back to itself without end: ${path}. Next: let a condition ask whether to go on, or take one of the steps out.`,
  });
}

function possibleLoop(loop: Loop): Finding | undefined {
  return finding(loop, {
    level: "warning",
    code: "possible_loop",
    says: (path) =>
      `This leads back to itself, and nothing says that it ends: ${path}. Next: when it does, say why with \`endsLoop\` on a condition in it, or on the kind of a task.`,
  });
}

/** It stands where the latest of the workflows adds to it: yours come after the pack's. */
function finding(
  loop: Loop,
  { level, code, says }: Pick<Finding, "level" | "code"> & { says: (path: string) => string },
): Finding | undefined {
  const latest = loop.flatMap((edge) => edge.by ?? []).sort((a, b) => b.order - a.order)[0];
  if (latest === undefined) return undefined;
  return { at: latest.at, level, code, message: says(pathOf(startingAtEvent(loop))), workflow: latest.workflow.name };
}

function startingAtEvent(loop: Loop): Loop {
  const start = loop.findIndex(({ by }) => by !== undefined);
  return [...loop.slice(start), ...loop.slice(0, start)];
}

/** "lead_scored → task grade (workflow mine) → lead_graded → lead_scored (workflow theirs)" */
function pathOf(loop: Loop): string {
  const steps = loop.map(
    ({ to, by }) => `${nameOfNode(to)}${by === undefined ? "" : ` (workflow ${by.workflow.name})`}`,
  );
  return [nameOfNode(loop[0]?.from ?? ""), ...steps].join(" → ");
}
