/**
 * What leads to what, before anything runs: event → task or fact by a workflow, task → facts and tasks by the agent that
 * does it, fact → fact by the fold. Read by lint-loops.ts.
 * @NOTE an agent does nothing that it caused itself (R8), so an event is a node of its own for each agent that states it.
 */
import type { TaskCatalogue, TaskKind } from "../tasks/catalogue.ts";
import type { Condition } from "./condition.ts";
import type { Branch, Step, Trigger, Workflow } from "./workflow.ts";

/**
 * "always": follows each time and at once. "maybe": a condition, a timer or a failure stands before it. "ends": follows,
 * and a chain through it comes to an end by itself.
 */
export type Strength = "always" | "maybe" | "ends";

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly strength: Strength;
  /** The step of a workflow that makes it; undefined for what agents and the fold do. */
  readonly by?: { readonly workflow: Workflow; readonly order: number; readonly at: string };
}

/** A thing that a trigger asks for or states. */
interface Effect {
  readonly does: "task" | "event";
  readonly name: string;
  readonly strength: Strength;
  readonly at: string;
}

/** The hand of workflows, people and the engine: whatever follows may be done by any agent. */
const ANYONE = "";
/** What the fold may state when it takes in one of these; only when the score became another. */
const SCORED: ReadonlySet<string> = new Set(["contact_scored", "contact_updated", "contact_updated_external"]);

export function graphOf(workflows: readonly Workflow[], catalogue: TaskCatalogue): readonly Edge[] {
  const triggers = workflows.flatMap((workflow, order) =>
    workflow.triggers.map((trigger) => ({ workflow, order, trigger, effects: effectsOf(trigger.steps) })),
  );
  return [
    ...triggers.flatMap((one) => fromTrigger(one, catalogue)),
    ...catalogue.all().flatMap((kind) => fromTask(kind)),
  ];

  function fromTask(kind: TaskKind): readonly Edge[] {
    // A person decides each time whether it goes on.
    if (kind.isHuman) return [];
    const from = taskNode(kind.kind);
    const strength: Strength = kind.endsLoop === undefined ? "always" : "ends";
    const agent = kind.doneBy;
    const stated: Edge[] = kind.emits.map((type) => ({ from, to: eventNode(type, agent), strength }));
    const scored: Edge[] = kind.emits
      .filter((type) => SCORED.has(type))
      .map((type) => ({
        from: eventNode(type, agent),
        to: eventNode("lead_score_updated", agent),
        strength: "maybe",
      }));
    return [
      ...stated,
      ...scored,
      ...kind.asks.map((other): Edge => ({ from, to: taskNode(other), strength })),
      { from, to: eventNode("task_completed", agent, kind.kind), strength },
      { from, to: eventNode("task_failed", agent, kind.kind), strength: "maybe" },
      { from, to: eventNode("task_timeout", ANYONE, kind.kind), strength: "maybe" },
    ];
  }
}

type Listed = {
  readonly workflow: Workflow;
  readonly order: number;
  readonly trigger: Trigger;
  readonly effects: readonly Effect[];
};

/** From the event, by each hand that states it, to all that the trigger's steps lead to. */
function fromTrigger({ workflow, order, trigger, effects }: Listed, catalogue: TaskCatalogue): readonly Edge[] {
  const sources =
    trigger.batch === undefined ? sourcesOf(trigger, catalogue) : sourcesOfBatch(trigger.batch, catalogue);
  return sources.flatMap(({ node, agent }) =>
    effects
      .filter(({ does, name }) => does === "event" || agent === ANYONE || catalogue.find(name)?.doneBy !== agent)
      .map(
        ({ does, name, strength, at }): Edge => ({
          from: node,
          to: does === "task" ? taskNode(name) : eventNode(name, ANYONE),
          // What gathers in a buffer is gone on with later.
          strength: trigger.batch !== undefined && strength === "always" ? "maybe" : strength,
          by: { workflow, order, at },
        }),
      ),
  );
}

interface Source {
  readonly node: string;
  readonly agent: string;
}

function sourcesOf({ type, kinds }: Trigger, catalogue: TaskCatalogue): readonly Source[] {
  if (!ABOUT_TASKS.has(type)) return statedBy(type, catalogue);
  return catalogue
    .all()
    .filter(({ kind, isHuman }) => !isHuman && (kinds === undefined || kinds.includes(kind)))
    .map(({ kind, doneBy }) => {
      const agent = type === "task_timeout" ? ANYONE : doneBy;
      return { node: eventNode(type, agent, kind), agent };
    });
}

/** Facts about one task: a node for each kind. */
const ABOUT_TASKS: ReadonlySet<string> = new Set(["task_completed", "task_failed", "task_timeout"]);

function statedBy(type: string, catalogue: TaskCatalogue): readonly Source[] {
  const states = (kind: TaskKind) =>
    kind.emits.includes(type) || (type === "lead_score_updated" && kind.emits.some((one) => SCORED.has(one)));
  const agents = new Set(
    catalogue
      .all()
      .filter(states)
      .map(({ doneBy }) => doneBy),
  );
  return [ANYONE, ...agents].map((agent) => ({ node: eventNode(type, agent), agent }));
}

/** A flush is the engine's: whose events are in it is not asked. */
function sourcesOfBatch({ types }: { readonly types: readonly string[] }, catalogue: TaskCatalogue): readonly Source[] {
  return types.flatMap((type) => statedBy(type, catalogue)).map(({ node }) => ({ node, agent: ANYONE }));
}

function effectsOf(steps: readonly Step[]): readonly Effect[] {
  return steps.flatMap((step): readonly Effect[] => {
    switch (step.step) {
      case "task":
        return [{ does: "task", name: step.kind, strength: "always", at: step.at }];
      case "emit":
        return [{ does: "event", name: step.type, strength: "always", at: step.at }];
      case "schedule":
        return [{ does: "event", name: step.type, strength: "maybe", at: step.at }];
      case "alert":
        // Without a key of its own it is raised once for whatever began the chain.
        return [
          { does: "task", name: "send_alert", strength: step.once === undefined ? "ends" : "always", at: step.at },
        ];
      case "par":
        return effectsOf(step.steps ?? []);
      case "opt":
        return effectsOfBranch(step.branch);
      case "alt":
        return effectsOfAlternatives(step.branches ?? []);
      default:
        // An e-mail leaves once, by submission or contact; the rest leads to nothing.
        return [];
    }
  });
}

function effectsOfBranch({ condition, steps }: Branch): readonly Effect[] {
  return effectsOf(steps ?? []).map((effect) => ({ ...effect, strength: weakened(effect.strength, condition) }));
}

function weakened(strength: Strength, condition: Condition | undefined): Strength {
  if (condition?.endsLoop !== undefined || strength === "ends") return "ends";
  return "maybe";
}

/** What every branch leads to, and one of them is always taken, follows always. */
function effectsOfAlternatives(branches: readonly Branch[]): readonly Effect[] {
  const below = branches.map((branch) => effectsOf(branch.steps ?? []));
  const isWhole = branches.some(({ condition }) => condition === undefined);
  const isEverywhere = (effect: Effect) =>
    isWhole &&
    below.every((effects) =>
      effects.some(({ does, name, strength }) => does === effect.does && name === effect.name && strength === "always"),
    );
  return branches.flatMap((branch, i) =>
    (below[i] ?? []).map((effect) =>
      isEverywhere(effect) ? effect : { ...effect, strength: weakened(effect.strength, branch.condition) },
    ),
  );
}

function eventNode(type: string, agent: string, kind = ""): string {
  return `event ${type} ${agent} ${kind}`;
}

function taskNode(kind: string): string {
  return `task ${kind}`;
}

/** As people read it: the type of the event, or "task KIND". */
export function nameOfNode(node: string): string {
  const [what, name, , kind] = node.split(" ");
  if (what === "task") return node;
  return kind ? `${name} of ${kind}` : (name ?? "");
}
