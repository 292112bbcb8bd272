/** What an event, a task, an e-mail and an alert are: their facts, in plain words. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../api/client.ts";
import { useMay } from "../api/me.ts";
import { taskQuery } from "../api/queries.ts";
import type { Alert, Data, Email, LoggedEvent, TaskRow } from "../api/types.ts";
import { TaskVerbs } from "../inbox/task-verbs.tsx";
import { useAct } from "../parts/act.ts";
import { ContactLink } from "../parts/address.tsx";
import { Button, Chip, Facts, Raw, Score, Scrolled, When } from "../parts/basics.tsx";
import { NotTheirs } from "../parts/not-theirs.tsx";
import { actorWords, humanly, personWords, workerWords } from "../words/names.ts";
import { MAIL_STATES, PRIORITIES, TASK_STATES } from "../words/states.ts";

export function EventParts({ event }: { readonly event: LoggedEvent }) {
  const data = event.data as Data;
  return (
    <>
      <Facts
        of={[
          ["When", <When key="when" at={event.occurredAt} />],
          ["By", actorWords(event.actor)],
          ["Contact", event.contact !== null && <ContactLink id={event.contact}>see the contact</ContactLink>],
          ["In the log", `#${event.position} ${event.type}`],
        ]}
      />
      {Array.isArray(data?.reasons) && <Points reasons={data.reasons} />}
      <Raw data={data} />
    </>
  );
}

interface Reason {
  readonly points: number;
  readonly because: string;
}

/** A score explained in points; each with a bar as long as it weighs. */
export function Points({ reasons }: { readonly reasons: readonly (Reason | string)[] }) {
  if (reasons.length === 0) return null;
  const most = Math.max(1, ...reasons.map((reason) => (typeof reason === "string" ? 0 : Math.abs(reason.points))));
  return (
    <ul className="points" aria-label="Why this score">
      {reasons.map((reason) =>
        typeof reason === "string" ? (
          <li key={reason}>{reason}</li>
        ) : (
          <li key={reason.because}>
            <b className={reason.points < 0 ? "number bad" : "number"}>
              {reason.points > 0 ? "+" : ""}
              {reason.points}
            </b>
            <span className="because">{reason.because}</span>
            <meter className="weight" min={0} max={most} value={Math.abs(reason.points)} aria-hidden="true" />
          </li>
        ),
      )}
    </ul>
  );
}

export function TaskParts({ task }: { readonly task: TaskRow }) {
  const { data } = useQuery(taskQuery(task.id));
  const state = TASK_STATES[task.state];
  const full = data;
  const result = task.result as Data;
  return (
    <>
      <Facts
        of={[
          [
            "State",
            <Chip key="state" tone={state.tone}>
              {state.word}
            </Chip>,
          ],
          ["About", task.contact !== null && <ContactLink id={task.contact}>{personWords(task.who)}</ContactLink>],
          ["Score", task.who?.score != null && <Score key="score" score={task.who.score} />],
          ["Priority", PRIORITIES[task.priority]],
          ["Due", task.finishedAt === null && <When key="due" at={task.dueAt} kind="due" />],
          ["Finished", task.finishedAt !== null && <When key="finished" at={task.finishedAt} />],
          [task.finishedAt === null ? "Held by" : "Done by", task.worker !== null && workerWords(task.worker)],
          ["Asked for by", actorWords(task.requestedBy)],
          ["Attempts", task.attempt > 0 && task.attempt],
          ["What came of it", result?.note ?? result?.outcome],
          ["Error", task.error],
        ]}
      />
      {full !== undefined && <TaskVerbs task={full} />}
      <Raw data={{ kind: task.kind, payload: task.payload, result: task.result }} />
    </>
  );
}

export function EmailParts({ email }: { readonly email: Email }) {
  const state = MAIL_STATES[email.state];
  return (
    <>
      <Facts
        of={[
          ["To", email.recipient],
          [
            "State",
            <Chip key="state" tone={state.tone}>
              {email.reason === null ? state.word : `${state.word}: ${email.reason}`}
            </Chip>,
          ],
          ["When", <When key="when" at={email.sentAt ?? email.createdAt} />],
          ["Template", humanly(email.template)],
          ["Contact", email.contact !== null && <ContactLink id={email.contact}>see the contact</ContactLink>],
        ]}
      />
      {email.state === "unknown" && <Unknown email={email.id} />}
      {email.body !== "" && (
        <Scrolled className="mail-text" label="Text of the e-mail">
          {email.body}
        </Scrolled>
      )}
    </>
  );
}

/** An e-mail of which it is unknown whether it left: only a person can find out. */
function Unknown({ email }: { readonly email: number }) {
  const { run, isBusy } = useAct();
  const may = useMay();
  const decide = (verdict: "arrived" | "send_again", said: string) =>
    void run(() => post("/api/emails/{id}/decide", { path: { id: email }, body: { verdict } }), {
      said,
      topics: ["emails", "why"],
    });
  if (!may("decideEmail")) return <NotTheirs what="Deciding whether it arrived" />;
  return (
    <div className="acts">
      <Button look="main" disabled={isBusy} onClick={() => decide("arrived", "Noted: it arrived.")}>
        It arrived
      </Button>
      <Button disabled={isBusy} onClick={() => decide("send_again", "It is sent again.")}>
        Send it again
      </Button>
    </div>
  );
}

export function AlertParts({ alert }: { readonly alert: Alert }) {
  const { run, isBusy } = useAct();
  const [isSeen, setSeen] = useState(false);
  const isNew = alert.seenAt === null && alert.resolvedAt === null && !isSeen;
  return (
    <>
      <pre className="mail-text">{alert.body}</pre>
      <Facts
        of={[
          ["For", alert.audience],
          ["When", <When key="when" at={alert.createdAt} />],
          ["Seen", alert.seenAt === null ? "not yet" : `by ${alert.seenBy}`],
          ["Over", alert.resolvedAt !== null && <When key="over" at={alert.resolvedAt} />],
          ["Contact", alert.contact !== null && <ContactLink id={alert.contact}>see the contact</ContactLink>],
        ]}
      />
      {isNew && (
        <Button
          disabled={isBusy}
          onClick={() =>
            void run(() => post("/api/alerts/{id}/seen", { path: { id: alert.id } }), {
              said: "Marked as seen.",
              topics: ["alerts", "overview", "why"],
            }).then(setSeen)
          }
        >
          Seen
        </Button>
      )}
    </>
  );
}
