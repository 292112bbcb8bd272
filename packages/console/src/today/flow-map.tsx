/** The flows as a living diagram, drawn from the definitions: what sets each off, and how often each way was taken lately. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { flowCountsQuery, workflowQuery, workflowsQuery } from "../api/queries.ts";
import type { FlowCounts, WorkflowStory } from "../api/types.ts";
import { PageLink } from "../parts/address.tsx";
import { Panel } from "../parts/basics.tsx";
import { Answered } from "../parts/states.tsx";
import { toneOf, typeWords } from "../words/events.ts";
import { capital, humanly } from "../words/names.ts";
import { countWords } from "../words/time.ts";
import {
  type BranchCounts,
  countBranches,
  livelyPeriod,
  PERIOD_WORDS,
  type Period,
} from "../workflows/branch-counts.ts";
import { type Branch, isAlt, isOpt, isPar, type Step, type Trigger } from "../workflows/definition.ts";

/** The flows of the mission that a lead goes through, in its order; others are on their own screen. */
const SHOWN = ["form_cascade", "enrichment", "outreach_sequence", "outreach_responses"];

export function FlowMap() {
  const all = useQuery(workflowsQuery);
  const counts = useQuery(flowCountsQuery).data;
  const period = livelyPeriod(counts);
  const names = (all.data?.workflows ?? []).map(({ name }) => name);
  const wanted = SHOWN.filter((name) => names.includes(name));
  const shown = wanted.length > 0 ? wanted : names.slice(0, 4);
  const stories = useQueries({ queries: shown.map((name) => workflowQuery(name)) });
  return (
    <Panel
      title="Flows"
      hint={`how often each way was taken ${PERIOD_WORDS[period]}`}
      actions={<PageLink to="/console/workflows">All workflows</PageLink>}
    >
      <Answered query={all} rows={4}>
        {() => (
          <div className="flow-map">
            {stories.map(
              ({ data }) => data !== undefined && <Flow key={data.name} story={data} counts={counts} period={period} />,
            )}
          </div>
        )}
      </Answered>
    </Panel>
  );
}

function Flow({
  story,
  counts,
  period,
}: {
  readonly story: WorkflowStory;
  readonly counts: FlowCounts | undefined;
  readonly period: Period;
}) {
  const branches = countBranches(counts, story.name, period);
  const triggers = (story.definition as unknown as readonly Trigger[]).filter(
    ({ steps }) => branchesIn(steps).length > 0,
  );
  if (triggers.length === 0) return null;
  return (
    <section className="flow" aria-label={capital(humanly(story.name))}>
      <h3>
        <PageLink to={`/console/workflows/${story.name}`}>{capital(humanly(story.name))}</PageLink>
      </h3>
      {triggers.map((trigger) => (
        <TriggerFlow
          key={trigger.type}
          trigger={trigger}
          counts={branches}
          events={counts?.events.find(({ type }) => type === trigger.type)?.[period] ?? 0}
        />
      ))}
    </section>
  );
}

interface Way {
  readonly path: string;
  readonly name: string;
}

function TriggerFlow({
  trigger,
  counts,
  events,
}: {
  readonly trigger: Trigger;
  readonly counts: BranchCounts;
  /** How many such events came. */
  readonly events: number;
}) {
  const ways = branchesIn(trigger.steps);
  const most = Math.max(1, ...ways.map(({ path }) => counts.get(path) ?? 0));
  return (
    <div className="flow-trigger">
      <p className="trigger-of">
        <PageLink
          to="/console/events"
          search={{ type: trigger.type }}
          className={`chip ${toneOf({ type: trigger.type })}`}
        >
          {typeWords(trigger.type)}
        </PageLink>
        <b>{countWords(events)}</b>
      </p>
      <ul className="ways">
        {ways.map(({ path, name }) => {
          const count = counts.get(path) ?? 0;
          return (
            <li key={path} className={count > 0 ? "way taken" : "way"}>
              <span className="cut">{name}</span>
              <meter min={0} max={most} value={count} aria-hidden="true" />
              <b>{countWords(count)}</b>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The ends of the ways: branches within branches are said with those they are in. */
function branchesIn(steps: readonly Step[], path: readonly string[] = []): Way[] {
  return steps.flatMap((step) => {
    if (isPar(step)) return branchesIn(step.steps, path);
    const branches: readonly Branch[] = isAlt(step) ? step.branches : isOpt(step) ? [step.branch] : [];
    return branches.flatMap((branch) => {
      const here = [...path, branch.name];
      const below = branchesIn(branch.steps, here).filter(({ path: deeper }) => deeper.startsWith(here.join(" / ")));
      const isPassed = below.length > 0 && branch.steps.some(isAlt);
      const own = { path: here.join(" / "), name: branch.name === "otherwise" ? "the usual way" : branch.name };
      return isPassed ? below : [own];
    });
  });
}
