/** One event, task, e-mail or alert: what it is, and why, back to the outside event it began with. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { taskQuery, type WhyKind, whyQuery } from "../api/queries.ts";
import type { Data, Why } from "../api/types.ts";
import { OpenLink } from "../parts/address.tsx";
import { Answered } from "../parts/states.tsx";
import { eventWords } from "../words/events.ts";
import { mailSubject } from "../words/names.ts";
import { taskName } from "../words/tasks.ts";
import { Chain } from "./chain.tsx";
import { EventChips } from "./event-chips.tsx";
import { ReadAgain, readingOf } from "./read-again.tsx";
import { Sheet } from "./sheet.tsx";
import { AlertParts, EmailParts, EventParts, TaskParts } from "./subjects.tsx";

const ABOVE: Readonly<Record<WhyKind, string>> = { event: "Event", task: "Task", email: "E-mail", alert: "Alert" };

export function WhyStory({ kind, id }: { readonly kind: WhyKind; readonly id: number }) {
  const why = useQuery(whyQuery(kind, id));
  return (
    <Sheet title={why.data === undefined ? ABOVE[kind] : titleOf(why.data.subject)} above={`${ABOVE[kind]} ${id}`}>
      <Answered query={why}>
        {(answer) => (
          <>
            <Subject subject={answer.subject} />
            {kind === "task" && <Summary task={id} />}
            <h3>Why</h3>
            <Chain chain={answer.chain} />
            {answer.effects.length > 0 && (
              <>
                <h3>What it led to</h3>
                <EventChips events={answer.effects} label="What it led to" />
              </>
            )}
            <ReadingPart why={answer} />
          </>
        )}
      </Answered>
    </Sheet>
  );
}

function titleOf(subject: Why["subject"]): ReactNode {
  if (subject.kind === "event") return eventWords(subject.event);
  if (subject.kind === "task") return taskName(subject.task.kind);
  return subject.kind === "email" ? mailSubject(subject.email) : subject.alert.title;
}

function Subject({ subject }: { readonly subject: Why["subject"] }) {
  if (subject.kind === "event") return <EventParts event={subject.event} />;
  if (subject.kind === "task") return <TaskParts task={subject.task} />;
  return subject.kind === "email" ? <EmailParts email={subject.email} /> : <AlertParts alert={subject.alert} />;
}

/** What a model says of a failure, each sentence with the events it rests on. */
function Summary({ task }: { readonly task: number }) {
  const { data } = useQuery(taskQuery(task));
  const summary = data?.summary;
  if (!summary) return null;
  return (
    <>
      <h3>What happened, says {summary.model}</h3>
      <ul className="reasons">
        {summary.sentences.map(({ text, events }) => (
          <li key={text}>
            {text}{" "}
            {events.map((position) => (
              <OpenLink key={position} kind="event" id={position}>
                #{position}{" "}
              </OpenLink>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A reply, or a reading of one, can be read again from its own story. */
function ReadingPart({ why: { subject, effects } }: { readonly why: Why }) {
  if (subject.kind !== "event") return null;
  const { event } = subject;
  const isReply = event.type === "email_replied" || (event.data as Data)?.engagement === "replied";
  if (event.type === "reply_classified") return <ReadAgain event={event.position} reading={event} />;
  return isReply ? <ReadAgain event={event.position} reading={readingOf(effects)} /> : null;
}
