/**
 * Loops over the graph event → workflow → event or task → what its agent establishes → event, found before anything runs.
 * One in which nothing asks a question goes round until the runtime guard stops it at depth 12, for every event: an error.
 * One with a condition in it, or of one agent that ignores what it caused itself (R8), may end; where it goes through a workflow of the user's own it is shown. Called by lint.ts.
 */
import { allSteps, type Step, type Trigger, type Workflow } from "./workflow.ts";

export interface Loop {
  readonly workflow: string;
  readonly at: string;
  readonly isGuarded: boolean;
  /** "contact_enriched → [score_again] → task qualify_lead → contact_scored → [look_again] → task enrich_data → contact_enriched". */
  readonly path: string;
}

/** What built-in agents establish, by kind. */
const ESTABLISHED: Readonly<Record<string, readonly string[]>> = {
  ...byKinds(["qualify_lead", "qualify_lead_high_value", "requalify_lead", "initial_assessment"], ["contact_scored"]),
  ...byKinds(["enrich_data"], ["enrichment_started", "page_loaded", "content_extracted", "search_completed"]),
  ...byKinds(
    ["send_outreach", "continue_sequence", "nurture_sequence", "update_outreach"],
    ["outreach_drafted", "nurture_enrolled", "email_sent", "email_suppressed"],
  ),
  ...byKinds(["send_email"], ["email_sent", "email_suppressed"]),
  ...byKinds(["send_alert", "deliver_alert"], ["alert_sent"]),
  ...byKinds(["classify_reply"], ["reply_classified", "positive_response", "negative_response", "needs_clarification"]),
};
const ENRICHED = ["data_compiled", "contact_enriched", "enrichment_completed", "enrichment_failed", "mcp_tool_called"];

/** Facts that follow from others by themselves, where something really changed. */
const DERIVED: Readonly<Record<string, readonly string[]>> = { contact_scored: ["lead_score_updated"] };

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly isGuarded: boolean;
  /** The workflow whose rule it is; undefined: the engine's own. */
  readonly rule?: { readonly workflow: Workflow; readonly at: string };
}

/** @param emits what agents of the user's own establish, by kind. */
export function findLoops(workflows: readonly Workflow[], emits: ReadonlyMap<string, readonly string[]>): Loop[] {
  const edges = edgesOf(workflows, emits);
  const endless = cyclesOf(edges.filter(({ isGuarded }) => !isGuarded)).filter((cycle) => !mayEnd(cycle));
  const possible = cyclesOf(edges).filter(
    (cycle) => mayEnd(cycle) && cycle.some(({ rule }) => rule !== undefined && rule.workflow.source === undefined),
  );
  return [...endless, ...possible].map((cycle) => {
    const rule = cycle.find((edge) => edge.rule?.workflow.source === undefined && edge.rule !== undefined)?.rule;
    const named = rule ?? cycle.find((edge) => edge.rule !== undefined)?.rule;
    return {
      workflow: named?.workflow.name ?? "",
      at: named?.at ?? "",
      isGuarded: mayEnd(cycle),
      path: pathOf(cycle),
    };
  });
}

function mayEnd(cycle: readonly Edge[]): boolean {
  const isOwnEcho = cycle.length === 2 && cycle.some(({ from }) => from.startsWith("task "));
  return isOwnEcho || cycle.some(({ isGuarded }) => isGuarded);
}

function edgesOf(workflows: readonly Workflow[], emits: ReadonlyMap<string, readonly string[]>): Edge[] {
  const triggers = workflows.flatMap((workflow) => workflow.triggers.map((trigger) => ({ workflow, trigger })));
  const ofRules = triggers.flatMap(({ workflow, trigger }) =>
    sourcesOf(trigger).flatMap((from) =>
      stepsOf(trigger.steps, false).flatMap(({ step, isGuarded }) =>
        targetsOf(step).map((to): Edge => ({ from, to, isGuarded, rule: { workflow, at: step.at } })),
      ),
    ),
  );
  const kinds = new Set(ofRules.flatMap(({ to }) => (to.startsWith("task ") ? [to.slice(5)] : [])));
  const ofAgents = [...kinds].flatMap((kind) =>
    [...establishedBy(kind, emits), `task_completed of ${kind}`, "task_completed"].map(
      (to): Edge => ({ from: `task ${kind}`, to, isGuarded: false }),
    ),
  );
  const derived = Object.entries(DERIVED).flatMap(([from, all]) =>
    all.map((to): Edge => ({ from, to, isGuarded: true })),
  );
  return [...ofRules, ...ofAgents, ...derived];
}

function establishedBy(kind: string, emits: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const own = emits.get(kind);
  if (own !== undefined) return own;
  return [...(ESTABLISHED[kind] ?? []), ...(kind === "enrich_data" ? ENRICHED : [])];
}

/** A trigger for certain kinds hears of their tasks only. A flush of a buffer comes later and once for many: no loop. */
function sourcesOf({ type, kinds, batch }: Trigger): string[] {
  if (batch !== undefined) return [];
  return kinds === undefined ? [type] : kinds.map((kind) => `${type} of ${kind}`);
}

/** Timers are left out: what comes round once a day is a rhythm, and has a cap of its own. */
function targetsOf(step: Step): string[] {
  switch (step.step) {
    case "emit":
      return [step.type];
    case "task":
      return [`task ${step.kind}`];
    case "email":
      return ["task send_email"];
    case "alert":
      return ["task send_alert"];
    default:
      return [];
  }
}

/** Every step with whether a condition stands before it. */
function stepsOf(steps: readonly Step[], isGuarded: boolean): { readonly step: Step; readonly isGuarded: boolean }[] {
  return steps.flatMap((step) => {
    if (step.step === "par") return stepsOf(step.steps, isGuarded);
    if (step.step === "opt" || step.step === "alt")
      return allSteps([step])
        .filter((one) => one !== step)
        .map((one) => ({ step: one, isGuarded: true }));
    return [{ step, isGuarded }];
  });
}

/** The shortest way round through each edge, each circle once. */
function cyclesOf(edges: readonly Edge[]): Edge[][] {
  const from = Map.groupBy(edges, (edge) => edge.from);
  const seen = new Set<string>();
  const cycles: Edge[][] = [];
  for (const edge of edges) {
    const back = shortest(from, edge.to, edge.from);
    if (back === undefined) continue;
    const cycle = [edge, ...back];
    const name = [...new Set(cycle.map((one) => one.from))].sort().join("\n");
    if (!seen.has(name)) cycles.push(cycle);
    seen.add(name);
  }
  return cycles;
}

function shortest(edges: ReadonlyMap<string, readonly Edge[]>, start: string, end: string): Edge[] | undefined {
  if (start === end) return [];
  const ways = new Map<string, Edge[]>([[start, []]]);
  for (const [at, way] of ways) {
    for (const edge of edges.get(at) ?? []) {
      if (edge.to === end) return [...way, edge];
      if (!ways.has(edge.to)) ways.set(edge.to, [...way, edge]);
    }
  }
  return undefined;
}

function pathOf(cycle: readonly Edge[]): string {
  const parts = cycle.map(({ from, rule }) => (rule === undefined ? from : `${from} → [${rule.workflow.name}]`));
  return `${parts.join(" → ")} → ${cycle[0]?.from ?? ""}`;
}

function byKinds(kinds: readonly string[], events: readonly string[]): Record<string, readonly string[]> {
  return Object.fromEntries(kinds.map((kind) => [kind, events]));
}
