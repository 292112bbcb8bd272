/** What is outside: HubSpot, the mail server, the model, servers of tools. Whether each is set, its last error, and a test of it. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { connectionsQuery } from "../api/queries.ts";
import type { operations } from "../api/schema.ts";
import { useAct } from "../parts/act.ts";
import { Button, Chip, Panel, When } from "../parts/basics.tsx";
import { Answered } from "../parts/states.tsx";
import { spanWords } from "../words/time.ts";
import { connectionName, TEST_STATES, type TestState, testState, UNSET } from "./connection-words.ts";

type Connection = operations["connections"]["responses"][200]["content"]["application/json"]["connections"][number];
type Tested = operations["testConnection"]["responses"][200]["content"]["application/json"];

/** A little longer than the engine asks before it gives up. */
const PATIENCE_MS = 20_000;
/** Waiting longer than this is said, so that it is not taken for a button that does nothing. */
const LONG_MS = 2_000;

export function Outside() {
  const query = useQuery(connectionsQuery);
  return (
    <Panel title="Outside" hint="asked only when you press Test; nothing is written or sent there">
      <Answered query={query} rows={3}>
        {({ connections }) => (
          <ul className="rows" aria-label="Outside">
            {connections.map((connection) => (
              <OutsideRow key={connection.name} connection={connection} />
            ))}
          </ul>
        )}
      </Answered>
    </Panel>
  );
}

function OutsideRow({ connection }: { readonly connection: Connection }) {
  const { name, isSet, where, lastError, lastErrorAt } = connection;
  const may = useMay();
  const { run, isBusy } = useAct();
  const [tested, setTested] = useState<Tested>();
  const words = connectionName(name);
  const test = () =>
    void run(
      async () =>
        setTested(
          await post("/api/connections/{connection}/test", { path: { connection: name }, patienceMs: PATIENCE_MS }),
        ),
      // Its last error may be another one by now.
      { topics: ["health"] },
    );
  const state: TestState = !isSet ? "unset" : isBusy ? "asking" : testState(tested);
  return (
    <li className="row" aria-busy={isBusy}>
      <p className="line kept">
        <Chip tone={TEST_STATES[state].tone}>{TEST_STATES[state].word}</Chip>
        <b>{words}</b>
        <span className="about cut grow">{isSet ? where : UNSET[name]}</span>
        {isSet && may("testConnection") && (
          <Button disabled={isBusy} aria-label={`Test ${words}`} onClick={test}>
            Test
          </Button>
        )}
      </p>
      <div role="status">
        {isBusy && <Waiting />}
        {!isBusy && tested !== undefined && <Result tested={tested} />}
      </div>
      {isSet && lastError !== null && (
        <p className="about">
          Last error at work
          {lastErrorAt !== null && (
            <>
              {" "}
              (<When at={lastErrorAt} />)
            </>
          )}
          : {lastError}
        </p>
      )}
    </li>
  );
}

function Waiting(): ReactNode {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLong && <p className="about">No answer yet. It is given up after ten seconds.</p>;
}

function Result({ tested: { isWell, saw, next, ms } }: { readonly tested: Tested }) {
  return (
    <>
      <p className={isWell ? "about" : "bad"}>
        {saw} <span className="about">It took {spanWords(ms)}.</span>
      </p>
      {next !== "" && (
        <p>
          <b>Next:</b> {next}
        </p>
      )}
    </>
  );
}
