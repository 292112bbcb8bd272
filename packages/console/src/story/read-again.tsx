/** "Read again as …": a person says what a reply says. What followed is taken back; what they say follows at once, and is a label. */

import { useState } from "react";
import { ApiError, post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import type { Data, LoggedEvent } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { Button } from "../parts/basics.tsx";
import { NotTheirs } from "../parts/not-theirs.tsx";
import { Trouble } from "../parts/states.tsx";
import { TextField } from "../parts/text-field.tsx";
import { say } from "../parts/toasts.tsx";
import { humanly } from "../words/names.ts";
import { REPLY_CLASSES, type ReplyClass, replyClassWords, TOOK_BACK } from "../words/reply-classes.ts";

/** The last reading among the events of a reply. */
export function readingOf(events: readonly LoggedEvent[]): LoggedEvent | undefined {
  return events.findLast(({ type }) => type === "reply_classified");
}

/** @param event the reply, or a reading of it. @param reading the last one, where there is one. */
export function ReadAgain({ event, reading }: { readonly event: number; readonly reading: LoggedEvent | undefined }) {
  return <ReadAgainForm event={event} read={(reading?.data as Data)?.class} />;
}

/** @param read what it was taken to say; undefined: nothing yet. */
export function ReadAgainForm({ event, read }: { readonly event: number; readonly read: ReplyClass | undefined }) {
  const [wanted, setWanted] = useState<ReplyClass>(read ?? "positive");
  const [reason, setReason] = useState("");
  const [error, setError] = useState<ApiError>();
  const { run, isBusy } = useAct();
  const may = useMay();

  if (!may("readReplyAgain")) return <NotTheirs what="Saying what a reply says" />;
  const send = () =>
    run(
      async () => {
        try {
          const answer = await post("/api/replies/{position}/read-again", {
            path: { position: event },
            body: { class: wanted, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) },
          });
          const back = answer.tookBack.map((what) => TOOK_BACK[what] ?? humanly(what));
          setError(undefined);
          setReason("");
          say(
            `Noted: the contact ${replyClassWords(answer.class)}.${back.length === 0 ? "" : ` Taken back: ${back.join(", ")}.`}`,
          );
        } catch (caught) {
          if (!(caught instanceof ApiError)) throw caught;
          setError(caught);
        }
      },
      { topics: ["why", "inbox", "contact", "tasks"] },
    );

  return (
    <form
      className="read-again"
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void send();
      }}
    >
      <h3>Read again</h3>
      <label>
        The contact
        <select value={wanted} onChange={(changed) => setWanted(changed.target.value as ReplyClass)}>
          {REPLY_CLASSES.map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <TextField
        label="Why (on record; needed where an opt-out is lifted)"
        value={reason}
        onChange={setReason}
        maxLength={300}
        autoComplete="off"
      />
      <p className="about">What followed from the earlier reading is taken back; what has left stays sent.</p>
      <div className="acts">
        <Button type="submit" look="main" disabled={isBusy}>
          Read it so
        </Button>
      </div>
      {error !== undefined && <Trouble error={error} />}
    </form>
  );
}
