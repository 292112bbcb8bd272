/** Events: the log as it grows, by type and contact, without end; each with its own story. */
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useEvents } from "../api/live.tsx";
import { eventsQuery } from "../api/queries.ts";
import type { LoggedEvent } from "../api/types.ts";
import { ContactLink, useAddress } from "../parts/address.tsx";
import { Button, When } from "../parts/basics.tsx";
import { commandOf, csvAddress } from "../parts/copy.ts";
import { Choice, SearchField } from "../parts/filters.tsx";
import { useHeldList } from "../parts/held-list.ts";
import { Page } from "../parts/page.tsx";
import { useRowKeys } from "../parts/row-keys.ts";
import { SavedViews } from "../parts/saved-views.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { TimedEvent } from "../story/event-chips.tsx";
import { isEcho, isUpkeep } from "../words/events.ts";
import { actorWords } from "../words/names.ts";
import { plural } from "../words/time.ts";
import { TypeField } from "./type-field.tsx";

const ACTORS = [
  ["", "All"],
  ["person:", "People"],
  ["agent:", "Agents"],
  ["workflow:", "Workflows"],
  ["key:", "Programs"],
  ["hubspot:", "HubSpot"],
] as const;

const eventRow = (event: LoggedEvent) => <EventRow event={event} />;
const rowHeight = () => 38;

export function EventsPage() {
  const [{ type, contact, upkeep, q, by }, change] = useAddress();
  const client = useQueryClient();
  const options = eventsQuery({ type, contact, q, actor: by });
  const query = useInfiniteQuery(options);
  const [fresh, setFresh] = useState(0);
  const events = (query.data?.pages.flatMap((page) => page.events) ?? []).filter(
    (event) => upkeep !== undefined || type !== undefined || !(isUpkeep(event) || isEcho(event)),
  );
  useEvents((event) => {
    const isWanted =
      (type === undefined || event.type === type) &&
      (contact === undefined || event.contact === contact) &&
      q === undefined &&
      by === undefined;
    // Who has scrolled down reads on in peace (held-list.ts).
    if (isWanted && scrollY > 200) setFresh((count) => count + 1);
  });
  const view = [type, contact, q, by].join();
  const held = useHeldList(events, ({ position }) => position, [view, upkeep].join());
  const { rows } = held;
  const selected = useRowKeys(rows.length, (index) => change({ open: `event:${rows[index]?.position}` }), view);
  return (
    <Page
      title="Events"
      about="everything that was recorded, newest first"
      actions={<SavedViews screen="events" />}
      command={commandOf("events list", { type, contact, q, actor: by })}
      csv={csvAddress("/api/events.csv", { type, contact, q, actor: by })}
    >
      <div className="filters">
        <TypeField />
        <Choice label="By" name="by" options={ACTORS} />
        <SearchField label="Text in events" />
        <SearchField label="Of one contact: e-mail address" name="contact" placeholder="Of one contact: e-mail" />
        <label className="check">
          <input
            type="checkbox"
            checked={upkeep !== undefined}
            onChange={(event) => change({ upkeep: event.target.checked ? "yes" : undefined }, "replace")}
          />
          Measurements and echoes too
        </label>
        {fresh > 0 && (
          <Button
            look="quiet"
            className="pill"
            onClick={() => {
              setFresh(0);
              held.release();
              scrollTo({ top: 0 });
              void client.resetQueries({ queryKey: options.queryKey });
            }}
          >
            {plural(fresh, "new event")}
          </Button>
        )}
      </div>
      <Answered query={query} rows={10}>
        {() =>
          rows.length === 0 ? (
            <NoEvents isFiltered={view.replaceAll(",", "") !== ""} />
          ) : (
            <VirtualList
              rows={rows}
              keyOf={({ position }) => position}
              height={rowHeight}
              label="Events"
              pages={query}
              selected={selected}
            >
              {eventRow}
            </VirtualList>
          )
        }
      </Answered>
    </Page>
  );
}

function EventRow({ event }: { readonly event: LoggedEvent }) {
  return (
    <p className="row line event">
      <span className="position">#{event.position}</span>
      <TimedEvent event={event} />
      <span className="about cut">{actorWords(event.actor)}</span>
      <span className="spring" />
      {event.contact !== null && <ContactLink id={event.contact}>contact</ContactLink>}
      <When at={event.occurredAt} />
    </p>
  );
}

function NoEvents({ isFiltered }: { readonly isFiltered: boolean }) {
  const [, change] = useAddress();
  if (!isFiltered)
    return (
      <Empty command="npm run demo">
        Nothing has happened yet. <a href="/forms/demo">Fill in the demo form</a> or run
      </Empty>
    );
  return (
    <p className="empty">
      No event matches.{" "}
      <Button look="quiet" onClick={() => change({ type: undefined, contact: undefined, q: undefined, by: undefined })}>
        Show all
      </Button>
    </p>
  );
}
