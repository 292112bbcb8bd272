/** A backtest for people: a line for each workflow, its branches where they differ, and what differs with the events it is seen at. */
import type { Backtest } from "../decider/backtest.ts";
import { type ChangeGroup, differencesOf, type WorkflowBacktest } from "../decider/backtest-tally.ts";
import type { Terminal } from "./terminal.ts";
import { counted, harmless, table } from "./text.ts";

/** What the log keeps of a decision. Who changed a delay alone is not to believe that it was looked at. */
const COMPARED =
  "Compared: branches, and which tasks, events and timers. Not compared: priorities, due times, delays and texts.";

type Styles = Pick<Terminal, "styled">;

export function backtestLines({ workflows }: Backtest, styles: Styles): readonly string[] {
  if (workflows.length === 0) return ["No event of that time was decided by a workflow."];
  const [others, same] = [
    workflows.filter((one) => differencesOf(one) > 0),
    workflows.filter((one) => differencesOf(one) === 0),
  ];
  const lines = others.flatMap((one) => [...workflowLines(one, styles), ""]);
  const decisions = same.reduce((sum, { counts }) => sum + counts.same, 0);
  const which = others.length > 0 ? "other workflow" : "workflow";
  if (same.length > 0)
    lines.push(`${counted(decisions, "decision")} of ${counted(same.length, which)} would be the same.`);
  const told = others.length === 0 ? ["Nothing would be decided otherwise.", ...lines] : lines;
  return [...told, COMPARED];
}

function workflowLines(one: WorkflowBacktest, styles: Styles): readonly string[] {
  const { workflow, version, counts, changes } = one;
  const differences = differencesOf(one);
  const all = differences + counts.same;
  const name = styles.styled("bold", harmless(workflow));
  return [
    `${name}  ${version ?? "not there any more"}: ${counted(differences, "difference")} in ${counted(all, "decision")}`,
    ...branchLines(one),
    ...changes.flatMap((group) => changeLines(group)),
  ];
}

function branchLines({ branches }: WorkflowBacktest): readonly string[] {
  const differing = branches.filter(({ recorded, now }) => recorded !== now);
  if (differing.length === 0) return [];
  const rows = differing.map(({ branch, recorded, now }) => [
    `  ${branch === "" ? "(no branch)" : branch}`,
    recorded.toLocaleString("en-US"),
    now.toLocaleString("en-US"),
    `${now > recorded ? "+" : ""}${(now - recorded).toLocaleString("en-US")}`,
  ]);
  return table(["  branch", "recorded", "now", ""], rows).split("\n");
}

function changeLines(group: ChangeGroup): readonly string[] {
  const { count, examples, asksMore, asksLess } = group;
  const asks = [...asksMore.map((one) => `+ ${one}`), ...asksLess.map((one) => `- ${one}`)];
  const at = examples.map(({ position }) => position).join(", ");
  return [
    `  ${count.toLocaleString("en-US")} × ${harmless(whatOf(group))}`,
    ...(asks.length === 0 ? [] : [`      ${harmless(asks.join(", "))}`]),
    ...(at === "" ? [] : [`      at ${count > examples.length ? "e.g. " : ""}${at}`]),
  ];
}

function whatOf({ change, from, to, error }: ChangeGroup): string {
  const named = (branch: string | undefined) => (branch === undefined || branch === "" ? "no branch" : branch);
  switch (change) {
    case "new":
      return `was not decided then, now ${named(to)}`;
    case "gone":
      return `${named(from)}, now not decided`;
    case "failed":
      return `fails: ${error}`;
    case "changed":
      return from === to ? `${named(to)}, asks for something else` : `${named(from)} → ${named(to)}`;
  }
}
