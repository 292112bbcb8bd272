/** Everything that happened with a contact, newest first, by day; what repeats or prepares something else is folded away. */
import { useState } from "react";
import type { ContactStory, LoggedEvent } from "../api/types.ts";
import { Button } from "../parts/basics.tsx";
import { useNow } from "../parts/clock.ts";
import { DecisionLine } from "../story/chain.tsx";
import { TimedEvent } from "../story/event-chips.tsx";
import { isQuiet } from "../words/events.ts";
import { actorWords, isPersons } from "../words/names.ts";
import { dayWords, plural } from "../words/time.ts";

export function Timeline({ story }: { readonly story: ContactStory }) {
  const [showsAll, setShowsAll] = useState(false);
  const [showsDecisions, setShowsDecisions] = useState(false);
  const now = useNow();
  const shown = showsAll ? story.events : story.events.filter((event) => !isQuiet(event));
  const folded = story.events.length - shown.length;
  const days = Map.groupBy(shown, ({ occurredAt }) => dayWords(occurredAt, now));
  return (
    <div className="timeline">
      <div className="acts timeline-acts">
        {(folded > 0 || showsAll) && (
          <Button look="quiet" aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "Fold small steps" : `Show ${plural(folded, "small step")} as well`}
          </Button>
        )}
        {story.decisions.length > 0 && (
          <Button look="quiet" aria-pressed={showsDecisions} onClick={() => setShowsDecisions(!showsDecisions)}>
            {showsDecisions ? "Hide decisions" : "Show decisions"}
          </Button>
        )}
      </div>
      {[...days].map(([day, events]) => (
        <section key={day} aria-label={day}>
          <h3 className="day">{day}</h3>
          <ol>
            {events.map((event) => (
              <Moment key={event.position} event={event} story={showsDecisions ? story : undefined} />
            ))}
          </ol>
        </section>
      ))}
      {story.events.length >= 200 && <p className="empty">Older events: see Events, for this contact.</p>}
    </div>
  );
}

function Moment({ event, story }: { readonly event: LoggedEvent; readonly story: ContactStory | undefined }) {
  const decisions = story?.decisions.filter((decision) => decision.event === event.position) ?? [];
  return (
    <li>
      <p className="line">
        <TimedEvent event={event} />
        <span className={isPersons(event.actor) ? "by person" : "by about"}>{actorWords(event.actor)}</span>
      </p>
      {decisions.length > 0 && (
        <ul className="made">
          {decisions.map((decision) => (
            <DecisionLine key={decision.workflow} decision={decision} />
          ))}
        </ul>
      )}
    </li>
  );
}
