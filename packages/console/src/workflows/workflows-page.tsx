/** Workflows: what runs, since which version, what each waits for, and what the linter says. */
import { useQuery } from "@tanstack/react-query";
import { workflowsQuery } from "../api/queries.ts";
import type { Workflow } from "../api/types.ts";
import { PageLink } from "../parts/address.tsx";
import { Chip } from "../parts/basics.tsx";
import { commandOf } from "../parts/copy.ts";
import { Page } from "../parts/page.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { typeWords } from "../words/events.ts";
import { capital, humanly } from "../words/names.ts";
import { plural } from "../words/time.ts";

export function WorkflowsPage() {
  const query = useQuery(workflowsQuery);
  return (
    <Page
      title="Workflows"
      about={query.data === undefined ? undefined : `${plural(query.data.workflows.length, "workflow")} run`}
      command={commandOf("workflows list")}
    >
      <Answered query={query} rows={8}>
        {({ workflows }) =>
          workflows.length === 0 ? (
            <Empty>No workflow runs. Put one into the folder workflows/: it runs a moment after it is saved.</Empty>
          ) : (
            <ul className="rows cards" aria-label="Workflows">
              {workflows.map((workflow) => (
                <WorkflowRow key={workflow.name} workflow={workflow} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Page>
  );
}

function WorkflowRow({ workflow: { name, about, version, triggers, findings } }: { readonly workflow: Workflow }) {
  return (
    <li className="row">
      <p className="line">
        <span className="name">
          <PageLink to={`/console/workflows/${encodeURIComponent(name)}`}>{capital(humanly(name))}</PageLink>
        </span>
        <span className="about grow">{about}</span>
        <Findings findings={findings} />
        <code title="Version">{version.slice(0, 7)}</code>
      </p>
      <p className="path wrap">
        {triggers.map((type) => (
          <Chip key={type}>{typeWords(type)}</Chip>
        ))}
      </p>
    </li>
  );
}

export function Findings({ findings }: { readonly findings: Workflow["findings"] }) {
  if (findings.length === 0) return null;
  const errors = findings.filter(({ level }) => level === "error").length;
  return <Chip tone={errors > 0 ? "bad" : "warn"}>{plural(findings.length, "finding")}</Chip>;
}
