/** Events as chips, each a way to its own story. */
import type { LoggedEvent } from "../api/types.ts";
import { OpenLink } from "../parts/address.tsx";
import { eventWords, toneOf } from "../words/events.ts";
import { clockWords } from "../words/time.ts";

export function EventChip({ event }: { readonly event: LoggedEvent }) {
  return (
    <OpenLink kind="event" id={event.position} className={`chip ${toneOf(event)}`}>
      {eventWords(event)}
    </OpenLink>
  );
}

/** With the time of day at which it happened. */
export function TimedEvent({ event }: { readonly event: LoggedEvent }) {
  return (
    <>
      <time className="clock" dateTime={new Date(event.occurredAt).toISOString()}>
        {clockWords(event.occurredAt)}
      </time>
      <EventChip event={event} />
    </>
  );
}

/** Side by side. */
export function EventChips({ events, label }: { readonly events: readonly LoggedEvent[]; readonly label: string }) {
  return (
    <ol className="path wrap" aria-label={label}>
      {events.map((event) => (
        <li key={event.position}>
          <EventChip event={event} />
        </li>
      ))}
    </ol>
  );
}
