/** Agents: who does which work, how each did lately, what the models cost; each is paused and resumed here. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { agentsQuery, spendQuery } from "../api/queries.ts";
import type { Agent } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { PageLink } from "../parts/address.tsx";
import { Button, Chip, Panel, Scrolled, When } from "../parts/basics.tsx";
import { commandOf } from "../parts/copy.ts";
import { Page } from "../parts/page.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { TextField } from "../parts/text-field.tsx";
import { capital, humanly } from "../words/names.ts";
import { taskName } from "../words/tasks.ts";
import { countWords, moneyWords } from "../words/time.ts";
import { AGENT_STATES } from "./agent-states.ts";
import { ResumeAgent } from "./resume-agent.tsx";
import { SpendPlot } from "./spend-plot.tsx";

export function AgentsPage() {
  const agents = useQuery(agentsQuery);
  const may = useMay();
  return (
    <Page title="Agents" about="who does the work that needs no person" command={commandOf("agents list")}>
      <Answered query={agents} rows={8}>
        {(answer) => (
          <Panel title="Agents" count={answer.agents.length}>
            <ul className="rows" aria-label="Agents">
              {[...answer.agents].sort(stoppedFirst).map((agent) => (
                <AgentRow key={agent.name} agent={agent} />
              ))}
            </ul>
          </Panel>
        )}
      </Answered>
      {may("modelSpend") && <Spend />}
    </Page>
  );
}

function stoppedFirst(a: Agent, b: Agent): number {
  return Number(a.state === "working") - Number(b.state === "working") || a.name.localeCompare(b.name);
}

const TOPICS = ["agents", "health"] as const;

function AgentRow({ agent }: { readonly agent: Agent }) {
  const { run } = useAct();
  const [reason, setReason] = useState<string>();
  const mayPause = useMay()("pauseAgent");
  const name = humanly(agent.name);
  const state = AGENT_STATES[agent.state];
  const path = { agent: agent.name };
  return (
    <li className="row agent">
      <p className="line">
        <span className="name">{capital(name)}</span>
        <Chip tone={state.tone}>{state.word}</Chip>
        <span className="about cut grow">{agent.kinds.map(({ kind }) => taskName(kind)).join(", ")}</span>
        <span className="about">
          {agent.completed + agent.failed === 0
            ? "nothing lately"
            : `${countWords(agent.completed)} done, ${countWords(agent.failed)} failed lately`}
        </span>
        {!mayPause ? null : agent.state === "stopped" ? (
          <ResumeAgent agent={agent.name} />
        ) : (
          <Button look="quiet" aria-label={`Pause ${name}`} onClick={() => setReason("")}>
            Pause…
          </Button>
        )}
      </p>
      {agent.reason !== null && (
        <p className="about">
          {agent.reason}{" "}
          {agent.retryAt === null ? (
            "Until a person resumes it."
          ) : (
            <>
              One task is tried <When at={agent.retryAt} />.
            </>
          )}
        </p>
      )}
      {reason !== undefined && (
        <form
          className="note"
          onSubmit={(event) => {
            event.preventDefault();
            const body = reason.trim() === "" ? {} : { reason: reason.trim() };
            void run(() => post("/api/agents/{agent}/pause", { path, body }), {
              said: `${capital(name)} is stopped.`,
              topics: TOPICS,
            });
            setReason(undefined);
          }}
        >
          <TextField
            label="Why? Everyone sees it. Its tasks wait and use up no attempt."
            // It was asked for with the click before.
            autoFocus
            value={reason}
            onChange={setReason}
            maxLength={500}
          />
          <div className="acts">
            <Button type="submit" look="danger" icon="brake">
              Pause {name}
            </Button>
            <Button onClick={() => setReason(undefined)}>Not yet</Button>
          </div>
        </form>
      )}
    </li>
  );
}

/** What language models cost: by agent and prompt, and how much of today's cap is used. */
function Spend() {
  const query = useQuery(spendQuery);
  return (
    <Answered query={query} rows={3}>
      {({ spend, totalUsd, todayUsd, capPerDayUsd, days, caps }) => (
        <>
          <SpendPlot spent={days} caps={caps} />
          <Panel
            title="Language models"
            hint={`${moneyWords(todayUsd)} today${capPerDayUsd === null ? "" : ` of ${moneyWords(capPerDayUsd)}`}, ${moneyWords(totalUsd)} in all`}
            actions={
              <PageLink to="/console/events" search={{ type: "model_called" }}>
                Calls
              </PageLink>
            }
          >
            {spend.length === 0 ? (
              <Empty>No model has been asked. Agents work by rules until one is set.</Empty>
            ) : (
              <Scrolled className="table-wrap" label="What models cost">
                <table>
                  <thead>
                    <tr>
                      <th>Agent</th>
                      <th>Prompt</th>
                      <th>Model</th>
                      <th className="number">Calls</th>
                      <th className="number">Answered</th>
                      <th className="number">Tokens in</th>
                      <th className="number">Tokens out</th>
                      <th className="number">Cost</th>
                    </tr>
                  </thead>
                  <tbody>
                    {spend.map((row) => (
                      <tr key={`${row.agent}:${row.prompt}:${row.model}`}>
                        <td>{capital(humanly(row.agent))}</td>
                        <td>{humanly(row.prompt)}</td>
                        <td>{row.model}</td>
                        <td className="number">{countWords(row.calls)}</td>
                        <td className="number">{countWords(row.answered)}</td>
                        <td className="number">{row.inputTokens.toLocaleString("en")}</td>
                        <td className="number">{row.outputTokens.toLocaleString("en")}</td>
                        <td className="number">{moneyWords(row.costUsd)}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scrolled>
            )}
          </Panel>
        </>
      )}
    </Answered>
  );
}
