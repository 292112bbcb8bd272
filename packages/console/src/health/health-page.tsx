/** Health: is the engine well, what is wrong with it, and the newest measurements. */
import { useQuery } from "@tanstack/react-query";
import { AGENT_STATES } from "../agents/agent-states.ts";
import { ResumeAgent } from "../agents/resume-agent.tsx";
import { useMay } from "../api/me.ts";
import { consumersQuery, healthQuery } from "../api/queries.ts";
import type { Health } from "../api/types.ts";
import { Chip, Panel, When } from "../parts/basics.tsx";
import { commandOf } from "../parts/copy.ts";
import { Page } from "../parts/page.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { capital, humanly } from "../words/names.ts";
import type { StateWords } from "../words/states.ts";
import { countWords, plural } from "../words/time.ts";
import { activeAlertWords, metricName, metricWords } from "./health-words.ts";

const STATUS: Readonly<Record<Health["status"], StateWords>> = {
  well: { word: "all well", tone: "good" },
  ill: { word: "not well", tone: "bad" },
  unknown: { word: "unknown", tone: "dim" },
};

export function HealthPage() {
  const health = useQuery(healthQuery);
  const may = useMay();
  return (
    <Page
      title="Health"
      about={health.data === undefined ? undefined : <About health={health.data} />}
      command={commandOf("health")}
    >
      <Answered query={health} rows={5}>
        {(found) => <Parts health={found} />}
      </Answered>
      {may("consumers") && <Readers />}
    </Page>
  );
}

function About({ health: { status, measuredAt } }: { readonly health: Health }) {
  return (
    <span className="line">
      <Chip tone={STATUS[status].tone}>{STATUS[status].word}</Chip>
      {measuredAt === null ? (
        <span>not measured yet: the first look comes within a minute</span>
      ) : (
        <span>
          measured <When at={measuredAt} />
        </span>
      )}
    </span>
  );
}

function Parts({ health }: { readonly health: Health }) {
  const { alerts, components, agents, isSilent, measuredAt, metrics } = health;
  const active = alerts.filter(({ alert }) => alert !== "monitor_silent");
  const ill = components.filter(({ ok }) => !ok);
  const stopped = agents.filter(({ state }) => state !== "working");
  const isWell = !isSilent && active.length + ill.length + stopped.length === 0;
  return (
    <>
      <Panel title="What is wrong">
        {isWell && (
          <Empty>
            {components.length === 0
              ? "Nothing is known to be wrong."
              : `Nothing: ${components.map(({ component }) => humanly(component)).join(", ")} are well.`}
          </Empty>
        )}
        <ul className="rows" aria-label="What is wrong">
          {isSilent && (
            <li className="row line">
              <Chip tone="bad">silent</Chip>
              <b>Monitor</b> <span className="about grow">It has not measured for long.</span>
              {measuredAt !== null && <When at={measuredAt} />}
            </li>
          )}
          {active.map((alert) => (
            <li key={`${alert.alert}:${alert.subject}`} className="row line">
              <Chip tone="bad">active</Chip>
              <b>{capital(humanly(alert.alert))}</b>
              <span className="about cut grow">{activeAlertWords(alert)}</span>
              <When at={alert.since} />
            </li>
          ))}
          {ill.map(({ component, detail, since }) => (
            <li key={component} className="row line">
              <Chip tone="bad">not well</Chip>
              <b>{capital(humanly(component))}</b>
              <span className="about cut grow">{detail}</span>
              <When at={since} />
            </li>
          ))}
          {stopped.map((agent) => (
            <li key={agent.agent} className="row line">
              <Chip tone={AGENT_STATES[agent.state].tone}>{AGENT_STATES[agent.state].word}</Chip>
              <b>{capital(humanly(agent.agent))}</b>
              <span className="about cut grow">{agent.reason}</span>
              {agent.since !== null && <When at={agent.since} />}
              <ResumeAgent agent={agent.agent} />
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title="Parts">
        <ul className="rows two" aria-label="Parts of the engine">
          {components.map(({ component, ok, detail, since }) => (
            <li key={component} className="row line">
              <Chip tone={ok ? "good" : "bad"}>{ok ? "well" : "not well"}</Chip>
              <b>{capital(humanly(component))}</b>
              <span className="about cut grow">{detail}</span>
              <When at={since} />
            </li>
          ))}
        </ul>
        {components.length === 0 && <Empty>No part has been looked at yet.</Empty>}
      </Panel>
      <Panel title="Agents lately">
        <ul className="rows two" aria-label="Agents">
          {agents.map(({ agent, state, completed, failed }) => (
            <li key={agent} className="row line">
              <Chip tone={AGENT_STATES[state].tone}>{AGENT_STATES[state].word}</Chip>
              <b className="grow">{capital(humanly(agent))}</b>
              <span className="about">
                {countWords(completed)} done, {countWords(failed)} failed
              </span>
            </li>
          ))}
        </ul>
        {agents.length === 0 && <Empty>No agent has done anything lately.</Empty>}
      </Panel>
      <Measurements metrics={metrics} />
    </>
  );
}

function Measurements({ metrics }: { readonly metrics: Health["metrics"] }) {
  const rows = Object.entries(metrics);
  if (rows.length === 0) return null;
  return (
    <Panel title="Measurements" count={rows.length}>
      <dl className="facts columns">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{metricName(name)}</dt>
            <dd>{metricWords(name, value)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

/** Who reads the log, and how far each is. */
function Readers() {
  const query = useQuery(consumersQuery);
  return (
    <Answered query={query} rows={2}>
      {({ consumers, subscribers }) => (
        <Panel title="Readers of the log" count={consumers.length + subscribers.length}>
          <ul className="rows" aria-label="Readers of the log">
            {consumers.map(({ name, about, behind, deadLetters }) => (
              <li key={name} className="row line">
                <Chip tone={behind > 1_000 ? "warn" : "good"}>
                  {behind === 0 ? "up to date" : `${countWords(behind)} behind`}
                </Chip>
                <b>{capital(humanly(name.replace(":", " ")))}</b>
                <span className="about cut grow">{about}</span>
                {deadLetters > 0 && <Chip tone="bad">{plural(deadLetters, "event")} set aside</Chip>}
              </li>
            ))}
            {subscribers.map(({ name, delivered, lastError, disabledAt }) => (
              <li key={name} className="row line">
                <Chip tone={disabledAt !== null ? "bad" : lastError !== null ? "warn" : "good"}>
                  {disabledAt !== null ? "switched off" : lastError !== null ? "trying again" : "delivering"}
                </Chip>
                <b>{name}</b>
                <span className="about cut grow">{lastError}</span>
                <span className="about">up to #{delivered}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Answered>
  );
}
