/** What is outside: HubSpot, the mail server, the model, servers of tools. Whether each is set, its last error, and a test of it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { connectionsQuery } from "../api/queries.ts";
import type { operations } from "../api/schema.ts";
import { useAct } from "../parts/act.ts";
import { Button, Chip, Panel, When } from "../parts/basics.tsx";
import { Answered } from "../parts/states.tsx";

type Connection = operations["connections"]["responses"][200]["content"]["application/json"]["connections"][number];
type Tested = operations["testConnection"]["responses"][200]["content"]["application/json"];

const NAMES: Readonly<Record<string, { readonly name: string; readonly unset: string }>> = {
  hubspot: { name: "HubSpot", unset: "nothing is written to a CRM (HUBSPOT_ACCESS_TOKEN)" },
  mail: { name: "Mail server", unset: "every e-mail stays in the local mailbox (mail.smtpUrl)" },
  model: { name: "Language model", unset: "agents work by rules (models)" },
};

export function Outside() {
  const query = useQuery(connectionsQuery);
  return (
    <Panel title="Outside" hint="asked only when you press Test">
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

function OutsideRow({
  connection: { name, isSet, where, lastError, lastErrorAt },
}: {
  readonly connection: Connection;
}) {
  const may = useMay();
  const { run, isBusy } = useAct();
  const [tested, setTested] = useState<Tested>();
  const words = NAMES[name]?.name ?? `Tools of ${name.replace(/^mcp:/, "")}`;
  const test = () =>
    void run(
      async () =>
        setTested(await post("/api/connections/{connection}/test", { path: { connection: name }, patienceMs: 20_000 })),
      { topics: [] },
    );
  return (
    <li className="row">
      <p className="line">
        <Chip tone={!isSet ? "dim" : tested === undefined ? "in" : tested.isWell ? "good" : "bad"}>
          {!isSet ? "not set" : tested === undefined ? "set" : tested.isWell ? "answers" : "fails"}
        </Chip>
        <b>{words}</b>
        <span className="about cut grow">{isSet ? where : NAMES[name]?.unset}</span>
        {isSet && may("testConnection") && (
          <Button disabled={isBusy} aria-label={`Test ${words}`} onClick={test}>
            {isBusy ? "Asking…" : "Test"}
          </Button>
        )}
      </p>
      <div role="status">
        {tested !== undefined && (
          <p className={tested.isWell ? "about" : "about bad"}>
            {tested.saw} {tested.next !== "" && `Next: ${tested.next} `}({tested.ms} ms)
          </p>
        )}
      </div>
      {isSet && lastError !== null && (
        <p className="about">
          Last error {lastErrorAt !== null && <When at={lastErrorAt} />}: {lastError}
        </p>
      )}
    </li>
  );
}
