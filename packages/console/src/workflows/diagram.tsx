/** A workflow drawn from its definition: what sets it off, its branches with how often each was taken, and what they ask for. */
import { Chip } from "../parts/basics.tsx";
import { toneOf, typeWords } from "../words/events.ts";
import { humanly } from "../words/names.ts";
import type { Tone } from "../words/states.ts";
import { taskName } from "../words/tasks.ts";
import type { BranchCounts } from "./branch-counts.ts";
import { type Branch, isAlt, isOpt, isPar, type Step, type Trigger } from "./definition.ts";

export function Diagram({
  definition,
  counts,
}: {
  readonly definition: readonly Trigger[];
  readonly counts: BranchCounts;
}) {
  return (
    <div className="diagram">
      {definition.map(({ type, steps }) => (
        <div className="trigger" key={type}>
          <p className="trigger-name">
            <Chip tone={toneOf({ type })}>{typeWords(type)}</Chip>
          </p>
          <Steps steps={steps} path={[]} counts={counts} />
        </div>
      ))}
    </div>
  );
}

function Steps({
  steps,
  path,
  counts,
}: {
  readonly steps: readonly Step[];
  readonly path: readonly string[];
  readonly counts: BranchCounts;
}) {
  return (
    <ul className="steps-of">
      {steps.map((step, i) => {
        const key = `${i}:${step.step}`;
        if (isPar(step)) {
          return (
            <li key={key} className="all-of">
              <Steps steps={step.steps} path={path} counts={counts} />
            </li>
          );
        }
        if (isAlt(step) || isOpt(step)) {
          const branches = isAlt(step) ? step.branches : [step.branch];
          return (
            <li key={key} className={isAlt(step) ? "one-of" : "maybe"}>
              <span className="rule">{isAlt(step) ? "the first that fits" : "only if"}</span>
              <ul className="branches">
                {branches.map((branch) => (
                  <BranchPart key={branch.name} branch={branch} path={[...path, branch.name]} counts={counts} />
                ))}
              </ul>
            </li>
          );
        }
        return (
          <li key={key} className="step">
            <StepPart step={step} />
          </li>
        );
      })}
    </ul>
  );
}

function BranchPart({
  branch,
  path,
  counts,
}: {
  readonly branch: Branch;
  readonly path: readonly string[];
  readonly counts: BranchCounts;
}) {
  const count = counts.get(path.join(" / ")) ?? 0;
  return (
    <li className={count > 0 ? "branch taken" : "branch"}>
      <p className="branch-name">
        <b>{branch.name === "otherwise" ? "otherwise" : branch.name}</b>
        {branch.condition !== undefined && branch.condition.name !== branch.name && (
          <span className="about"> if {branch.condition.name}</span>
        )}
        <span className="taken-count" title={`taken ${count} times`}>
          {count > 0 ? count : ""}
        </span>
      </p>
      <Steps steps={branch.steps} path={path} counts={counts} />
    </li>
  );
}

const STEP_WORDS: Readonly<Record<string, (step: Readonly<Record<string, unknown>>) => readonly [Tone, string]>> = {
  task: ({ kind, priority }) => ["in", `Task: ${taskName(kind)}${priority === "URGENT" ? ", urgent" : ""}`],
  email: ({ template }) => ["mail", `E-mail “${humanly(template)}”`],
  alert: ({ audience, name }) => [
    "alert",
    `Alert ${typeof audience === "string" ? audience : "people"}: ${humanly(name)}`,
  ],
  cancel: ({ kind }) => ["dim", `Call off: ${taskName(kind)}`],
  emit: ({ type }) => ["score", `Note: ${typeWords(String(type))}`],
  schedule: ({ type }) => ["dim", `Timer: ${typeWords(String(type))}`],
  unschedule: ({ key }) => ["dim", `Stop timer ${humanly(key)}`],
  stop: ({ because }) => ["dim", `Nothing: ${String(because)}`],
};

function StepPart({ step }: { readonly step: Step }) {
  const [tone, words] = STEP_WORDS[step.step]?.(step as Readonly<Record<string, unknown>>) ?? [
    "dim" as const,
    humanly(step.step),
  ];
  return <Chip tone={tone}>{words}</Chip>;
}
