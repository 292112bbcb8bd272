/** What needs a look: what is set aside, stopped, paused, not well, not seen yet. Each leads to its screen. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import {
  agentsQuery,
  alertsQuery,
  draftsQuery,
  healthQuery,
  mailQuery,
  overviewQuery,
  todayQuery,
} from "../api/queries.ts";
import { OpenLink, PageLink, type Search } from "../parts/address.tsx";
import { Chip, Panel, When } from "../parts/basics.tsx";
import { Empty } from "../parts/states.tsx";
import { humanly } from "../words/names.ts";
import type { Tone } from "../words/states.ts";
import { plural } from "../words/time.ts";

const ALERTS_SHOWN = 5;

export function Attention() {
  const overview = useQuery(overviewQuery).data;
  const today = useQuery(todayQuery).data;
  const health = useQuery(healthQuery).data;
  const agents = useQuery(agentsQuery).data?.agents ?? [];
  const mail = useQuery(mailQuery).data;
  const drafts = useQuery(draftsQuery).data?.drafts ?? [];
  const alerts = useInfiniteQuery(alertsQuery(true)).data?.pages[0]?.alerts ?? [];
  const unseen = alerts.filter(({ resolvedAt }) => resolvedAt === null);
  const stopped = agents.filter(({ state }) => state === "stopped");
  const rows: ReactNode[] = [];
  const add = (key: string, tone: Tone, word: string, to: string, text: string, search: Search = {}) =>
    rows.push(
      <li key={key} className="row line">
        <Chip tone={tone}>{word}</Chip>
        <PageLink to={to} search={search}>
          {text}
        </PageLink>
      </li>,
    );
  const deadLetters = overview?.deadLetters ?? 0;
  if (deadLetters > 0)
    add("dead", "bad", "set aside", "/console/dead-letters", `${plural(deadLetters, "event")} could not be taken`);
  // What is set aside makes the engine ill, and is said above.
  const reasons = (health?.reasons ?? []).filter((reason) => deadLetters === 0 || !reason.includes(" set aside"));
  if (health?.status === "ill" && (reasons.length > 0 || deadLetters === 0))
    add("ill", "bad", "not well", "/console/health", reasons.join("; ") || "the engine is not well");
  if (mail?.isPaused)
    add("mail", "warn", "paused", "/console/outbox", `No mail leaves; ${plural(mail.waiting, "e-mail")} waiting`);
  for (const agent of stopped)
    add(agent.name, "bad", "stopped", "/console/agents", `${humanly(agent.name)}: ${agent.reason ?? ""}`);
  const overdue = today?.queue.overdue ?? 0;
  if (overdue > 0)
    add("overdue", "warn", "overdue", "/console/inbox", plural(overdue, "task is overdue", "tasks are overdue"));
  const unknown = today?.attention.find(({ what }) => what === "unknown_emails")?.count ?? 0;
  if (unknown > 0)
    add(
      "unknown",
      "bad",
      "unknown",
      "/console/outbox",
      `Of ${plural(unknown, "e-mail")} it is unknown whether it left`,
      { state: "unknown" },
    );
  if (drafts.length > 0)
    add(
      "drafts",
      "in",
      "to decide",
      "/console/drafts",
      plural(drafts.length, "e-mail waits for approval", "e-mails wait for approval"),
    );
  return (
    <Panel title="Needs attention" actions={<PageLink to="/console/alerts">All alerts</PageLink>}>
      {rows.length + unseen.length === 0 && (
        <Empty>Nothing. What goes wrong, and every hot lead, is listed here.</Empty>
      )}
      <ul className="rows" aria-label="Needs attention">
        {rows}
        {unseen.slice(0, ALERTS_SHOWN).map(({ id, title, audience, createdAt }) => (
          <li key={id} className="row line">
            <Chip tone="alert">{audience}</Chip>
            <span className="cut grow">
              <OpenLink kind="alert" id={id}>
                {title}
              </OpenLink>
            </span>
            <When at={createdAt} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
