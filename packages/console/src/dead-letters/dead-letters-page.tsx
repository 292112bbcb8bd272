/** Dead letters: events that could not be taken, grouped by their cause, tried again together or one by one. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { deadLetterGroupsQuery, deadLettersQuery } from "../api/queries.ts";
import type { DeadLetter, DeadLetterGroup } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { OpenLink, useAddress } from "../parts/address.tsx";
import { Button, Chip, Panel, Scrolled, When } from "../parts/basics.tsx";
import { commandOf, csvAddress } from "../parts/copy.ts";
import { Tabs } from "../parts/filters.tsx";
import { Page } from "../parts/page.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { say } from "../parts/toasts.tsx";
import { capital, humanly } from "../words/names.ts";
import { plural } from "../words/time.ts";

const TABS = [
  { value: "", words: "Open" },
  { value: "yes", words: "Also those dealt with" },
];
const TOPICS = ["dead-letters", "overview"] as const;

export function DeadLettersPage() {
  const [{ all }] = useAddress();
  const query = useQuery(deadLettersQuery(all !== undefined));
  const groups = useQuery(deadLetterGroupsQuery).data?.groups ?? [];
  return (
    <Page
      title="Dead letters"
      about="events that could not be taken; nothing behind them waits"
      command={commandOf("dead-letters list", { all: all !== undefined })}
      csv={csvAddress("/api/dead-letters.csv", { resolved: all !== undefined })}
    >
      <div className="filters">
        <Tabs label="Which" name="all" tabs={TABS} current={all ?? ""} preset="" />
      </div>
      {all === undefined &&
        groups.map((group) => <CausePart key={`${group.subscription}:${group.cause}`} group={group} />)}
      <Answered query={query} rows={4}>
        {({ deadLetters }) =>
          deadLetters.length === 0 ? (
            <Empty>Nothing is set aside. What a workflow or a consumer cannot take lands here, with its error.</Empty>
          ) : (
            <Panel title="One by one" count={deadLetters.length}>
              <ul className="rows" aria-label="Events set aside">
                {deadLetters.map((letter) => (
                  <LetterRow key={letter.id} letter={letter} />
                ))}
              </ul>
            </Panel>
          )
        }
      </Answered>
    </Page>
  );
}

/** One cause: what the error is, how many it stopped, and all of them tried again, counted first. */
function CausePart({ group }: { readonly group: DeadLetterGroup }) {
  const { run, isBusy } = useAct();
  const may = useMay();
  const [meant, setMeant] = useState<number>();
  const body = { subscription: group.subscription, cause: group.cause };
  const count = () =>
    void run(async () => setMeant((await post("/api/dead-letters/retry", { body: { ...body, dryRun: true } })).count), {
      topics: [],
    });
  const retry = () =>
    void run(
      async () => {
        const { retried } = await post("/api/dead-letters/retry", {
          body: { ...body, dryRun: false },
          patienceMs: 120_000,
        });
        const failed = retried.filter(({ error }) => error !== null);
        say(
          failed.length === 0
            ? `${plural(retried.length, "event")} taken.`
            : `${plural(retried.length - failed.length, "event")} taken, ${failed.length} failed again: ${failed[0]?.error}`,
        );
        setMeant(undefined);
      },
      { topics: TOPICS },
    );
  return (
    <section className="panel cause" aria-label={group.cause}>
      <header className="panel-head">
        <h2>{capital(humanly(group.subscription.replace(":", " ")))}</h2>
        <span className="count">{plural(group.count, "event")}</span>
        <span className="hint">
          the last <When at={group.lastAt} />
        </span>
        <span className="acts">
          {!may("retryDeadLetters") ? null : meant === undefined ? (
            <Button disabled={isBusy} onClick={count}>
              Try these again…
            </Button>
          ) : (
            <>
              <span>{plural(meant, "event")} will be decided again. Correct the cause first.</span>
              <Button look="main" disabled={isBusy} onClick={retry}>
                Try {meant} again
              </Button>
              <Button onClick={() => setMeant(undefined)}>Not yet</Button>
            </>
          )}
        </span>
      </header>
      <Scrolled className="error" label="The error">
        {group.error}
      </Scrolled>
    </section>
  );
}

function LetterRow({ letter }: { readonly letter: DeadLetter }) {
  const { run, isBusy } = useAct();
  const may = useMay();
  const isOpen = letter.resolvedAt === null;
  return (
    <li className="row line">
      <OpenLink kind="event" id={letter.event}>
        #{letter.event} {humanly(letter.type)}
      </OpenLink>
      <span className="about cut grow">{letter.error.split("\n")[0]}</span>
      <span className="about">{plural(letter.attempts, "attempt")}</span>
      <When at={letter.createdAt} />
      <span className="spring" />
      {isOpen && !may("retryDeadLetter") ? null : isOpen ? (
        <span className="acts">
          <Button
            disabled={isBusy}
            onClick={() =>
              void run(() => post("/api/dead-letters/{id}/retry", { path: { id: letter.id } }), {
                said: "Taken.",
                topics: TOPICS,
              })
            }
          >
            Try again
          </Button>
          <Button
            look="quiet"
            disabled={isBusy}
            onClick={() =>
              void run(() => post("/api/dead-letters/{id}/dismiss", { path: { id: letter.id } }), {
                said: "Put away for good.",
                topics: TOPICS,
              })
            }
          >
            Put away
          </Button>
        </span>
      ) : (
        <Chip>{letter.resolution ?? "dealt with"}</Chip>
      )}
    </li>
  );
}
