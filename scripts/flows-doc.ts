/**
 * Writes docs/flows.md: each flow as the mission drew it beside what runs here, drawn from the running definitions, and
 * a table from each arrow of the mission to what carries it out and the test that shows it. `npm run docs`; a test
 * fails when the page is not what this makes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { draftSettings } from "../packages/millrace/src/agents/draft-writer/draft-settings.ts";
import { defaultPack } from "../packages/millrace/src/flows/default-pack.ts";
import { diagramOf } from "../packages/millrace/src/workflows/diagram.ts";
import { fieldPromises, hubspotArrows } from "./field-promises.ts";
import { characteristics, missionArrows, type Promised, rules } from "./mission-arrows.ts";

const root = join(import.meta.dirname, "..");
const PAGE = join(root, "docs", "flows.md");
const MISSION = join(root, "docs", "mission", "event-flows.md");

export interface MissionFlow {
  readonly number: number;
  readonly title: string;
  /** The Mermaid source. */
  readonly diagram: string;
  /** Its arrows, in order. */
  readonly arrows: readonly string[];
}

/** The nine diagrams of the mission. */
export function missionFlows(): MissionFlow[] {
  const parts = readFileSync(MISSION, "utf8")
    .split(/^### (?=\d)/m)
    .slice(1);
  return parts.map((part) => {
    const [, number = "", title = ""] = /^(\d)\. (.*)/.exec(part) ?? [];
    const diagram = /```mermaid\n([\s\S]*?)```/.exec(part)?.[1]?.trimEnd() ?? "";
    const arrows = diagram
      .split("\n")
      .filter((line) => /--?>>/.test(line))
      .map((line) => line.trim());
    return { number: Number(number), title, diagram, arrows };
  });
}

export function flowsPage(): string {
  const pack = defaultPack({}, { crm: true, drafts: draftSettings.parse({}), notes: { scores: true, failures: true } });
  const sections = missionFlows().flatMap((flow) => {
    const ours = pack.filter((workflow) => workflow.source === `flow ${flow.number}`);
    const fromHubspot = hubspotArrows[flow.number] ?? [];
    return [
      `## ${flow.number}. ${flow.title}`,
      "",
      "### What the mission drew",
      "",
      ...fenced(flow.diagram),
      "### What runs",
      "",
      ...(ours.length === 0 ? ["No workflow: the engine itself does it (see the table).", ""] : []),
      ...ours.flatMap((workflow) => [
        `\`${workflow.name}\`: ${workflow.about}`,
        "",
        ...fenced(diagramOf(workflow, "sequence").trimEnd()),
      ]),
      "| the mission's arrow | carried out by | shown by |",
      "|---|---|---|",
      ...(missionArrows[flow.number] ?? []).map(
        ({ arrow, by, shownBy }) => `| ${cell(arrow)} | ${cell(by)} | ${cell(shownBy)} |`,
      ),
      "",
      ...(fromHubspot.length === 0
        ? []
        : ["The same from HubSpot's side, run against the simulator:", "", ...promised(fromHubspot)]),
    ];
  });
  return [
    "# The nine flows",
    "",
    "Made by `npm run docs` from the workflows that run, the mission's diagrams (docs/mission/event-flows.md) and",
    "`scripts/mission-arrows.ts`. Where the two differ, the table says what does the arrow's work here. HubSpot, the bus of",
    "the mission's drawings, is a source and a mirror; the log is the truth.",
    "",
    ...sections,
    "## The eight characteristics",
    "",
    ...promised(characteristics),
    "## The rules that hold everywhere",
    "",
    ...promised(rules),
    "## What was found in the field",
    "",
    "Faults of the flows driven from outside (F) and of forms, pages and senders as they are (K), each with the test that shows it mended.",
    "",
    ...promised(fieldPromises),
  ].join("\n");
}

function fenced(diagram: string): string[] {
  return ["```mermaid", diagram, "```", ""];
}

function promised(promises: readonly Promised[]): string[] {
  const rows = promises.map(({ what, shownBy }) => `| ${cell(what)} | ${cell(shownBy)} |`);
  return ["| what | shown by |", "|---|---|", ...rows, ""];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

if (import.meta.main) writeFileSync(PAGE, flowsPage());
