/** The numbers on top, each a way to what is behind it. */
import { useQuery } from "@tanstack/react-query";
import { todayQuery } from "../api/queries.ts";
import type { Overview } from "../api/types.ts";
import { PageLink, type Search } from "../parts/address.tsx";
import { countWords, plural, spanWords } from "../words/time.ts";

export function Numbers({ overview }: { readonly overview: Overview }) {
  const { events, tasks, backlog } = overview;
  return (
    <section className="numbers" aria-label="Right now">
      <FormToAction />
      <Tile
        name="Hot leads today"
        to="/console/leads"
        search={{ band: "hot" }}
        value={countWords(overview.hotLeadsToday)}
        note={
          overview.unseenAlerts === 0 ? "all alerts seen" : `${plural(overview.unseenAlerts, "alert")} not seen yet`
        }
      />
      <Tile
        name="Waiting for people"
        to="/console/inbox"
        value={countWords(tasks.forPeople)}
        note={tasks.forPeople === 0 ? "no one waits" : "calls, answers, approvals"}
      />
      <Tile
        name="Forms a minute"
        to="/console/events"
        search={{ type: "form_submitted" }}
        value={countWords(events.formsPerMinute)}
        note={`${plural(events.perMinute, "event")} a minute`}
      />
      <Tile
        name="Agents’ queue"
        to="/console/tasks"
        value={countWords(tasks.ready)}
        note={[`${countWords(tasks.running)} under way`, backlog === 0 ? "" : `${plural(backlog, "event")} to decide`]
          .filter(Boolean)
          .join(", ")}
      />
    </section>
  );
}

/** From a form to its first action: over the last hour, or where none came, over the last day. */
function FormToAction() {
  const clock = useQuery(todayQuery).data?.formToAction;
  const times = clock?.hour ?? clock?.day ?? null;
  const promised = spanWords(clock?.promisedMs ?? 300_000);
  const over = clock?.hour ? "last hour" : "last day";
  return (
    <Tile
      name={`Form to action, ${over}`}
      to="/console/leads"
      search={{ sort: "activity" }}
      value={times === null ? "–" : spanWords(times.p50)}
      tone={times === null ? "" : times.p95 <= (clock?.promisedMs ?? 0) ? "good" : "bad"}
      note={
        times === null
          ? `no form yet; promised: ${promised}`
          : `95 of 100 within ${spanWords(times.p95)}; promised: ${promised}`
      }
      isMain
    />
  );
}

function Tile({
  name,
  to,
  search,
  value,
  note,
  tone = "",
  isMain = false,
}: {
  readonly name: string;
  readonly to: string;
  readonly search?: Search;
  readonly value: string;
  readonly note: string;
  readonly tone?: string;
  readonly isMain?: boolean;
}) {
  return (
    <PageLink to={to} search={search ?? {}} className={isMain ? "tile main" : "tile"}>
      <span className="label">{name}</span>
      <span className={`value ${tone}`}>{value}</span>
      <span className="note">{note}</span>
    </PageLink>
  );
}
