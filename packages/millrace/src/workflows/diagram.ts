/**
 * A workflow as a Mermaid diagram, drawn from the definition that runs, so it cannot lie. Two ways of seeing it:
 * "flowchart" shows branches as a tree, "sequence" shows alt, par and opt as the mission's own diagrams do.
 * Read by the command line and the console.
 */
import type { Branch, Step, Trigger, Workflow } from "./workflow.ts";

export type DiagramType = "flowchart" | "sequence";

export function diagramOf(workflow: Workflow, type: DiagramType = "flowchart"): string {
  return type === "flowchart" ? flowchart(workflow) : sequence(workflow);
}

// --- Flowchart ----------------------------------------------------------------------------------------------

interface Drawing {
  readonly lines: string[];
  nodes: number;
}

function flowchart(workflow: Workflow): string {
  const drawing: Drawing = { lines: ["flowchart TD", `  %% ${oneLine(workflow.name)}@${workflow.version}`], nodes: 0 };
  for (const trigger of workflow.triggers) {
    const start = addNode(drawing, `(["${quoted(titleOf(trigger))}"])`);
    drawSteps(drawing, trigger.steps, start, "");
  }
  return `${drawing.lines.join("\n")}\n`;
}

/** All steps hang on the same node: they are all done. @param label of the arrows that lead to them. */
function drawSteps(drawing: Drawing, steps: readonly Step[], from: string, label: string): void {
  for (const step of steps) drawStep(drawing, step, from, label);
}

function drawStep(drawing: Drawing, step: Step, from: string, label: string): void {
  if (step.step === "par") drawSteps(drawing, step.steps, from, label);
  else if (step.step === "opt") drawChoice(drawing, [step.branch], from, label);
  else if (step.step === "alt") drawChoice(drawing, step.branches, from, label);
  else addArrow(drawing, from, addNode(drawing, shapeOf(step)), label);
}

function drawChoice(drawing: Drawing, branches: readonly Branch[], from: string, label: string): void {
  const choice = addNode(drawing, branches.length === 1 ? '{"only if"}' : '{"first that holds"}');
  addArrow(drawing, from, choice, label);
  for (const branch of branches) {
    if (branch.steps.length === 0) addArrow(drawing, choice, addNode(drawing, '("nothing")'), conditionOf(branch));
    drawSteps(drawing, branch.steps, choice, conditionOf(branch));
  }
}

function addNode(drawing: Drawing, shape: string): string {
  drawing.nodes += 1;
  const id = `n${drawing.nodes}`;
  drawing.lines.push(`  ${id}${shape}`);
  return id;
}

function addArrow(drawing: Drawing, from: string, to: string, label: string): void {
  drawing.lines.push(label === "" ? `  ${from} --> ${to}` : `  ${from} -->|"${quoted(label)}"| ${to}`);
}

function shapeOf(step: Leaf): string {
  const text = quoted(sentenceOf(step));
  if (step.step === "emit" || step.step === "schedule") return `(["${text}"])`;
  return step.step === "stop" ? `("${text}")` : `["${text}"]`;
}

// --- Sequence -----------------------------------------------------------------------------------------------

const RECEIVER: Readonly<Record<Leaf["step"], string>> = {
  task: "Tasks",
  cancel: "Tasks",
  email: "Outreach",
  alert: "People",
  emit: "Log",
  schedule: "Log",
  unschedule: "Log",
  stop: "Workflow",
};

function sequence(workflow: Workflow): string {
  const lines = ["sequenceDiagram", "  participant Log", `  participant Workflow as ${plain(workflow.name)}`];
  for (const trigger of workflow.triggers) describeTrigger(lines, trigger);
  return `${lines.join("\n")}\n`;
}

function describeTrigger(lines: string[], trigger: Trigger): void {
  lines.push(`  Log->>Workflow: ${plain(titleOf(trigger))}`);
  describeSteps(lines, trigger.steps, "  ");
}

function describeSteps(lines: string[], steps: readonly Step[], indent: string): void {
  for (const step of steps) describeStep(lines, step, indent);
}

function describeStep(lines: string[], step: Step, indent: string): void {
  if (!isLeaf(step)) describeBlock(lines, indent, partsOf(step));
  else if (step.step === "stop") lines.push(`${indent}Note over Workflow: ${plain(step.because)}`);
  else lines.push(`${indent}Workflow->>${RECEIVER[step.step]}: ${plain(sentenceOf(step))}`);
}

/** A block: its parts, each under the keyword it begins with and a title. */
type Parts = readonly { readonly opening: string; readonly title: string; readonly steps: readonly Step[] }[];

function partsOf(step: Exclude<Step, Leaf>): Parts {
  switch (step.step) {
    case "alt":
      return step.branches.map((branch, i) => ({
        opening: i === 0 ? "alt" : "else",
        title: conditionOf(branch),
        steps: branch.steps,
      }));
    case "par":
      return step.steps.map((below, i) => ({ opening: i === 0 ? "par" : "and", title: "", steps: [below] }));
    case "opt":
      return [{ opening: "opt", title: conditionOf(step.branch), steps: step.branch.steps }];
  }
}

function describeBlock(lines: string[], indent: string, parts: Parts): void {
  for (const { opening, title, steps } of parts) {
    lines.push(`${indent}${opening} ${plain(title)}`.trimEnd());
    describeSteps(lines, steps, `${indent}  `);
  }
  // A block without parts was never opened.
  if (parts.length > 0) lines.push(`${indent}end`);
}

// --- Words --------------------------------------------------------------------------------------------------

type Leaf = Exclude<Step, { step: "alt" | "par" | "opt" }>;

function isLeaf(step: Step): step is Leaf {
  return step.step !== "alt" && step.step !== "par" && step.step !== "opt";
}

function titleOf({ type, batch, kinds }: Trigger): string {
  if (kinds !== undefined) return `${type} (${kinds.join(", ")})`;
  return batch === undefined ? type : `${batch.max} of ${batch.types.join(", ")}, or those of ${batch.within}`;
}

function conditionOf(branch: Branch): string {
  if (branch.condition === undefined || branch.condition.name === branch.name) return branch.name;
  return `${branch.name}: ${branch.condition.name}`;
}

function sentenceOf(step: Leaf): string {
  switch (step.step) {
    case "task": {
      const options = [step.priority, step.dueIn && `due in ${step.dueIn}`, step.after && `after ${step.after}`].filter(
        Boolean,
      );
      return `task ${step.kind}${options.length === 0 ? "" : ` (${options.join(", ")})`}`;
    }
    case "email":
      return `e-mail ${step.template}, once per ${step.once}`;
    case "alert":
      return `alert ${typeof step.audience === "string" ? step.audience : step.audience.about}: ${step.name}`;
    case "cancel":
      return `cancel ${step.kind}: ${step.reason}`;
    case "emit":
      return step.type;
    case "schedule":
      return `${step.type} after ${typeof step.after === "string" ? step.after : step.after.about}`;
    case "unschedule":
      return `stop timer ${step.key}`;
    case "stop":
      return `stop: ${step.because}`;
  }
}

/** Inside "…" of a flowchart: Mermaid's own entities; it reads a backtick first as Markdown. */
function quoted(text: string): string {
  return oneLine(text)
    .replaceAll("#", "#35;")
    .replaceAll('"', "#quot;")
    .replaceAll("`", "#96;")
    .replaceAll("<", "#lt;")
    .replaceAll(">", "#gt;");
}

/** In a sequence diagram, ";" ends a line and "#" begins an entity; "end" alone would close a block. */
function plain(text: string): string {
  return oneLine(text)
    .replace(/[#;<>]/g, (sign) => `#${sign.charCodeAt(0)};`)
    .replace(/^end$/i, "#101;nd");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
