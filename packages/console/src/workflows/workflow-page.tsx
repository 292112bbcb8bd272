/** One workflow: its diagram as it runs, what the linter says, and its latest decisions. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { flowCountsQuery, workflowQuery } from "../api/queries.ts";
import type { Decision, FlowCounts, WorkflowStory } from "../api/types.ts";
import { ContactLink, OpenLink, useAddress } from "../parts/address.tsx";
import { Panel, When } from "../parts/basics.tsx";
import { commandOf, shellWord } from "../parts/copy.ts";
import { Choice } from "../parts/filters.tsx";
import { Page } from "../parts/page.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { branchWords, heldBackWords, outcomeWords } from "../words/decisions.ts";
import { capital, humanly } from "../words/names.ts";
import { plural } from "../words/time.ts";
import { countBranches, PERIODS } from "./branch-counts.ts";
import type { Trigger } from "./definition.ts";
import { Diagram } from "./diagram.tsx";
import { TryWorkflow } from "./try-workflow.tsx";

export function WorkflowPage() {
  const { name = "" } = useParams({ strict: false }) as { name?: string };
  const query = useQuery(workflowQuery(name));
  return (
    <Page
      title={capital(humanly(name))}
      about={query.data?.about}
      command={commandOf(`workflows diagram ${shellWord(name)}`)}
    >
      <Answered query={query} rows={6}>
        {(story) => <Parts story={story} />}
      </Answered>
    </Page>
  );
}

function Parts({ story }: { readonly story: WorkflowStory }) {
  const { findings, decisions } = story;
  const [search] = useAddress();
  const counts = useQuery(flowCountsQuery).data;
  const period = PERIODS.find((one) => one === search.period) ?? "day";
  return (
    <>
      {findings.length > 0 && (
        <Panel title="Findings" count={findings.length}>
          <ul className="made padded">
            {findings.map(({ at, level, message }) => (
              <li key={`${at}:${message}`}>
                <b className={level}>{level}</b> {message} <code>{at}</code>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel
        title="Diagram"
        hint="how often each way was taken"
        actions={<Choice label="Within" name="period" options={WITHIN} />}
      >
        <Diagram
          definition={story.definition as unknown as readonly Trigger[]}
          counts={countBranches(counts, story.name, period)}
        />
      </Panel>
      <TryWorkflow name={story.name} />
      <Versions story={story} counts={counts} />
      <Panel title="Latest decisions">
        {decisions.length === 0 ? (
          <Empty>It has not decided anything yet.</Empty>
        ) : (
          <ul className="rows" aria-label="Decisions">
            {decisions.map((decision) => (
              <DecisionRow key={`${decision.event}:${decision.branch}`} decision={decision} />
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}

const WITHIN = [
  ["", "a day"],
  ["hour", "an hour"],
  ["all", "all time"],
] as const;

/** Which versions decided, how often, and since when. */
function Versions({ story, counts }: { readonly story: WorkflowStory; readonly counts: FlowCounts | undefined }) {
  const found = counts?.workflows.find(({ workflow }) => workflow === story.name)?.versions ?? [];
  const isCounted = found.some(({ version }) => version === story.version);
  return (
    <Panel title="Versions" count={found.length + (isCounted ? 0 : 1)}>
      <ul className="rows" aria-label="Versions">
        {!isCounted && (
          <li className="row line">
            <code>{story.version.slice(0, 12)}</code> <b>runs now</b> <span className="about">has not decided yet</span>
          </li>
        )}
        {found.map(({ version, all, firstAt, lastAt }) => (
          <li key={version} className="row line">
            <code>{version.slice(0, 12)}</code>
            {version === story.version && <b>runs now</b>}
            <span className="about grow">{plural(all, "decision")}</span>
            <span className="about">
              from <When at={firstAt} /> to <When at={lastAt} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function DecisionRow({ decision }: { readonly decision: Decision }) {
  const outcomes = (decision.outcomes as readonly unknown[]) ?? [];
  return (
    <li className="row line">
      <OpenLink kind="event" id={decision.event}>
        #{decision.event}
      </OpenLink>
      <b>{branchWords(decision.branch) || "no branch"}</b>
      <span className="about cut">
        {outcomes.length === 0
          ? heldBackWords(decision.because).join(" ") || "did nothing"
          : outcomes.map(outcomeWords).join(", ")}
      </span>
      <span className="spring" />
      {decision.contact !== null && <ContactLink id={decision.contact}>contact</ContactLink>}
      <When at={decision.decidedAt} />
    </li>
  );
}
