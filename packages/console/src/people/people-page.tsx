/** People and programs: who may do what; keys are made and taken away here; who did what by hand. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMay, useMe } from "../api/me.ts";
import { eventsQuery, keysQuery } from "../api/queries.ts";
import { OpenLink, useAddress } from "../parts/address.tsx";
import { Button, Panel, When } from "../parts/basics.tsx";
import { commandOf } from "../parts/copy.ts";
import { Choice } from "../parts/filters.tsx";
import { Page } from "../parts/page.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { eventWords, toneOf } from "../words/events.ts";
import { actorWords } from "../words/names.ts";
import { KeyRow } from "./key-row.tsx";
import { MyAccount } from "./my-account.tsx";
import { NewKey } from "./new-key.tsx";
import { Sessions, Team } from "./team.tsx";

export function PeoplePage() {
  const me = useMe();
  const may = useMay();
  return (
    <Page title="People" about={`you are signed in as ${me}`} command={commandOf("people list")}>
      <MyAccount />
      {may("people") && (
        <>
          <Team />
          <Sessions />
        </>
      )}
      {may("apiKeys") && <Keys />}
      <ByHand />
    </Page>
  );
}

function Keys() {
  const query = useQuery(keysQuery);
  return (
    <Panel title="Keys of programs" hint="beside the engine’s own">
      <Answered query={query} rows={2}>
        {({ keys }) => (
          <>
            {keys.length === 0 && <Empty>No program has a key of its own.</Empty>}
            <ul className="rows" aria-label="Keys">
              {keys.map((key) => (
                <KeyRow key={key.name} of={key} />
              ))}
            </ul>
            <NewKey />
          </>
        )}
      </Answered>
    </Panel>
  );
}

/** Who did what by hand: people, programs, or the command line. */
function ByHand() {
  const [{ by }] = useAddress();
  const who = by === undefined || by === "" ? "person:" : by;
  const query = useInfiniteQuery(eventsQuery({ actor: who }));
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Panel
      title="Done by hand"
      hint="the newest first"
      actions={
        query.hasNextPage && (
          <Button look="quiet" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Look further back
          </Button>
        )
      }
    >
      <div className="padded">
        <Choice
          label="By"
          name="by"
          options={[
            ["", "People"],
            ["key:", "Programs"],
            ["cli:", "The command line"],
          ]}
        />
      </div>
      <Answered query={query} rows={3}>
        {() =>
          events.length === 0 ? (
            <Empty>Nothing was done by hand lately.</Empty>
          ) : (
            <ul className="rows" aria-label="Done by hand">
              {events.map((event) => (
                <li key={event.position} className="row line">
                  <b>{actorWords(event.actor)}</b>
                  <OpenLink kind="event" id={event.position} className={`chip ${toneOf(event)}`}>
                    {eventWords(event)}
                  </OpenLink>
                  <span className="spring" />
                  <When at={event.occurredAt} />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}
