/** Erasing a person: what there is to erase is shown first, and nothing happens until their address is typed. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { post } from "../api/client.ts";
import { erasureQuery } from "../api/queries.ts";
import type { ContactStory } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { Button, Raw } from "../parts/basics.tsx";
import { Answered } from "../parts/states.tsx";
import { TextField } from "../parts/text-field.tsx";
import { say } from "../parts/toasts.tsx";
import { plural } from "../words/time.ts";

/** A long log is looked through from its beginning. */
const PATIENCE_MS = 300_000;

export function EraseContact({ story }: { readonly story: ContactStory }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="careful" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Erase this person…</summary>
      {isOpen && <WhatThereIs story={story} />}
    </details>
  );
}

function WhatThereIs({ story }: { readonly story: ContactStory }) {
  const extent = useQuery(erasureQuery(story.id));
  return (
    <Answered query={extent} rows={1}>
      {({ rows, wasErased, inHubspot }) =>
        Object.values(rows).every((count) => count === 0) ? (
          <p className="empty">Nothing is left that could be erased.</p>
        ) : (
          <Confirm story={story}>
            <p>
              {wasErased ? "They were erased before. What has come in since" : "Everything known of them"} is erased for
              good: <strong>{extentOf(rows)}</strong>. There is no way back, and nothing is sent to their address any
              more.
            </p>
            <Raw data={rows} title="Which rows" />
            {inHubspot.length > 0 && <p>HubSpot has record {inHubspot.join(", ")} of them; a task is made for that.</p>}
          </Confirm>
        )
      }
    </Answered>
  );
}

function Confirm({
  story: { id, properties },
  children,
}: {
  readonly story: ContactStory;
  readonly children: ReactNode;
}) {
  const client = useQueryClient();
  const { run, isBusy } = useAct();
  const [typed, setTyped] = useState("");
  const word = String(properties.email ?? "erase");
  const isRight = typed.trim().toLowerCase() === word.toLowerCase();

  const erase = () =>
    run(
      async () => {
        const { rows, inHubspot } = await post("/api/contacts/{contact}/erase", {
          path: { contact: id },
          patienceMs: PATIENCE_MS,
        });
        say(`Erased: ${extentOf(rows)}.${inHubspot.length === 0 ? "" : " A task was made for HubSpot’s record."}`);
        await client.invalidateQueries();
      },
      { topics: ["contact", "contacts"] },
    );

  return (
    <>
      {children}
      <form
        className="note"
        onSubmit={(event) => {
          event.preventDefault();
          if (isRight) void erase();
        }}
      >
        <TextField
          label={
            <span>
              Type <b>{word}</b> to confirm
            </span>
          }
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          spellCheck={false}
        />
        <div className="acts">
          <Button type="submit" look="danger" disabled={!isRight || isBusy}>
            {isBusy ? "Erasing…" : "Erase for good"}
          </Button>
        </div>
      </form>
    </>
  );
}

function extentOf(rows: Readonly<Record<string, number>>): string {
  const count = Object.values(rows).reduce((sum, of) => sum + of, 0);
  return plural(count, "row of the database", "rows of the database");
}
