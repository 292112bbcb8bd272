/** What flows now: the tail of the log, one line for each outside event and all it led to. */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { get } from "../api/client.ts";
import { useEvents } from "../api/live.tsx";
import type { Data, LoggedEvent } from "../api/types.ts";
import { OpenLink, PageLink } from "../parts/address.tsx";
import { Button, Chip, Panel, When } from "../parts/basics.tsx";
import { useHeldList } from "../parts/held-list.ts";
import { Answered, Empty } from "../parts/states.tsx";
import { eventWords, toneOf } from "../words/events.ts";
import { plural, spanWords } from "../words/time.ts";
import { type Cascade, gather, stepsOf } from "./gather-cascades.ts";

const TAIL = 300;
const SHOWN = 12;
/** However many events come, the list is drawn a few times a second at most. */
const DRAW_MS = 250;

export function Cascades() {
  const tail = useQuery({
    queryKey: ["tail"],
    queryFn: ({ signal }) => get("/api/events", { query: { limit: TAIL }, signal }),
    staleTime: 0,
  });
  const live = useRef<LoggedEvent[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [, draw] = useState(0);
  useEvents(
    useCallback((event: LoggedEvent) => {
      live.current = [...live.current.slice(1 - TAIL), event];
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        draw((count) => count + 1);
      }, DRAW_MS);
    }, []),
  );
  useEffect(() => () => clearTimeout(timer.current), []);

  const cascades = gather([...(tail.data?.events ?? []).toReversed(), ...live.current]).slice(0, SHOWN);
  const held = useHeldList(cascades, ({ root }) => root, "");
  return (
    <Panel
      title="What flows now"
      hint="one line for each event from outside"
      actions={
        <>
          {held.fresh > 0 && (
            <Button look="quiet" className="pill" onClick={held.release}>
              {held.fresh} new
            </Button>
          )}
          <PageLink to="/console/events">All events</PageLink>
        </>
      }
    >
      <Answered query={tail} rows={5}>
        {() =>
          held.rows.length === 0 ? (
            <Empty command="npm run demo">
              Nothing has happened yet. <a href="/forms/demo">Fill in the demo form</a> or run
            </Empty>
          ) : (
            <ul className="rows" aria-label="What flows now" {...held.holders}>
              {held.rows.map((cascade) => (
                <CascadeRow key={cascade.root} cascade={cascade} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}

function CascadeRow({ cascade: { first, events, root } }: { readonly cascade: Cascade }) {
  const { steps, quiet } = stepsOf(events, first);
  const took = Math.max(0, ...events.map(({ occurredAt }) => occurredAt)) - first.occurredAt;
  return (
    <li className="row cascade" data-root={root}>
      <p className="line">
        <span className="name">
          <OpenLink kind="event" id={first.position}>
            {eventWords(first)}
          </OpenLink>
        </span>
        <span className="about cut">{nameIn(first.data)}</span>
        <span className="spring" />
        {events.length > 1 && (
          <span className="about took">
            {plural(events.length, "step")}, {spanWords(Math.max(0, took))}
          </span>
        )}
        <When at={first.occurredAt} />
      </p>
      {steps.length + quiet > 0 && (
        <ol className="path" aria-label="Steps">
          {steps.map((event) => (
            <li key={event.position}>
              <OpenLink kind="event" id={event.position} className={`chip ${toneOf(event)}`}>
                {eventWords(event)}
              </OpenLink>
            </li>
          ))}
          {quiet > 0 && (
            <li>
              <Chip>and {quiet} more</Chip>
            </li>
          )}
        </ol>
      )}
    </li>
  );
}

function nameIn(data: Data): string {
  const given = data?.fields ?? data?.properties ?? {};
  return [given.firstname, given.lastname].filter(Boolean).join(" ") || given.email || data?.email || "";
}
