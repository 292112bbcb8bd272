/** Connections: HubSpot, mail, models, tool servers, subscribers: what state each is in, and its last error. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { consumersQuery, healthQuery, mailQuery, serversQuery, spendQuery } from "../api/queries.ts";
import { useAct } from "../parts/act.ts";
import { PageLink } from "../parts/address.tsx";
import { Button, Chip, Panel, When } from "../parts/basics.tsx";
import { commandOf } from "../parts/copy.ts";
import { Page } from "../parts/page.tsx";
import { Empty } from "../parts/states.tsx";
import { capital, humanly } from "../words/names.ts";
import type { Tone } from "../words/states.ts";
import { moneyWords, plural } from "../words/time.ts";
import { Outside } from "./outside.tsx";

export function ConnectionsPage() {
  const may = useMay();
  return (
    <Page title="Connections" about="what the engine talks to" command={commandOf("doctor")}>
      {may("connections") && <Outside />}
      <Panel title="Within">
        <ul className="rows" aria-label="Within">
          <Parts />
          <Mail />
          {may("modelSpend") && <Models />}
        </ul>
      </Panel>
      {may("mcpServers") && <ToolServers />}
      {may("consumers") && <Subscribers />}
    </Page>
  );
}

function Row({
  name,
  tone,
  word,
  about,
  children,
}: {
  readonly name: string;
  readonly tone: Tone;
  readonly word: string;
  readonly about?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <li className="row line">
      <Chip tone={tone}>{word}</Chip>
      <b>{name}</b>
      <span className="about cut grow">{about}</span>
      {children}
    </li>
  );
}

/** What the monitor looks at: the database, HubSpot, the mail server. */
function Parts() {
  const components = useQuery(healthQuery).data?.components ?? [];
  return components.map(({ component, ok, detail, since }) => (
    <Row
      key={component}
      name={capital(humanly(component))}
      tone={ok ? "good" : "bad"}
      word={ok ? "well" : "not well"}
      about={detail}
    >
      <When at={since} />
    </Row>
  ));
}

function Mail() {
  const mail = useQuery(mailQuery).data;
  if (mail === undefined) return null;
  return (
    <Row
      name="Mail that leaves"
      tone={mail.isPaused ? "warn" : "good"}
      word={mail.isPaused ? "paused" : "on"}
      about={
        mail.isPaused
          ? `by ${mail.changedBy}${mail.reason === null ? "" : `: ${mail.reason}`}`
          : `${plural(mail.waiting, "e-mail")} waiting`
      }
    >
      <PageLink to="/console/outbox">Outbox</PageLink>
    </Row>
  );
}

function Models() {
  const spend = useQuery(spendQuery).data;
  if (spend === undefined) return null;
  const isUsed = spend.spend.length > 0;
  return (
    <Row
      name="Language models"
      tone={isUsed ? "good" : "dim"}
      word={isUsed ? "used" : "not asked"}
      about={isUsed ? `${moneyWords(spend.todayUsd)} today` : "agents work by rules"}
    >
      <PageLink to="/console/agents">Agents</PageLink>
    </Row>
  );
}

/** Servers whose tools agents may use: what changed in them has to be read and accepted by a person. */
function ToolServers() {
  const servers = useQuery(serversQuery).data?.servers;
  const may = useMay();
  const { run, isBusy } = useAct();
  if (servers === undefined) return null;
  return (
    <Panel title="Tool servers" count={servers.length}>
      {servers.length === 0 && <Empty>No agent has used a server of tools yet. Which are set stands above.</Empty>}
      <ul className="rows" aria-label="Tool servers">
        {servers.map(({ name, state, error, retryAt, changed }) => (
          <Row
            key={name}
            name={name}
            tone={state === "up" ? "good" : "bad"}
            word={state === "up" ? "up" : "down"}
            about={error ?? (changed.length > 0 ? `changed since it was accepted: ${changed.join(", ")}` : "")}
          >
            {retryAt !== null && <When at={retryAt} />}
            {changed.length > 0 && may("acceptMcpTools") && (
              <Button
                disabled={isBusy}
                onClick={() =>
                  void run(() => post("/api/mcp/servers/{server}/accept", { path: { server: name } }), {
                    said: "Accepted as they are described now.",
                    topics: ["servers" as "health"],
                  })
                }
              >
                Accept the changed tools
              </Button>
            )}
          </Row>
        ))}
      </ul>
    </Panel>
  );
}

function Subscribers() {
  const subscribers = useQuery(consumersQuery).data?.subscribers;
  if (subscribers === undefined) return null;
  return (
    <Panel title="Subscribers outside" count={subscribers.length}>
      {subscribers.length === 0 && <Empty>No program outside is sent events (subscribers).</Empty>}
      <ul className="rows" aria-label="Subscribers">
        {subscribers.map(({ name, delivered, lastAt, lastStatus, lastError, disabledAt }) => (
          <Row
            key={name}
            name={name}
            tone={disabledAt !== null ? "bad" : lastError !== null ? "warn" : "good"}
            word={disabledAt !== null ? "switched off" : lastError !== null ? "trying again" : "delivering"}
            about={lastError ?? `up to #${delivered}${lastStatus === null ? "" : `, answered ${lastStatus}`}`}
          >
            {lastAt !== null && <When at={lastAt} />}
          </Row>
        ))}
      </ul>
    </Panel>
  );
}
