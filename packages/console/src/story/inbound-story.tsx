/** One message that came in: who wrote it, what was cut of it and why, how it was read, what followed, and its headers. */
import { useQuery } from "@tanstack/react-query";
import { inboundQuery } from "../api/queries.ts";
import type { Data, InboundMessage } from "../api/types.ts";
import { ContactLink, OpenLink } from "../parts/address.tsx";
import { Chip, Facts, Scrolled, When } from "../parts/basics.tsx";
import { Answered } from "../parts/states.tsx";
import { actorWords, humanly } from "../words/names.ts";
import { replyClassWords } from "../words/reply-classes.ts";
import { INBOUND_STATES } from "../words/states.ts";
import { TaskLine } from "./chain.tsx";
import { EventChips } from "./event-chips.tsx";
import { ReadAgain, readingOf } from "./read-again.tsx";
import { Sheet } from "./sheet.tsx";
import { Words } from "./words-of-message.tsx";

const STEPS: Readonly<Record<string, string>> = {
  author: "Who wrote",
  kind: "Kind of mail",
  words: "Own words",
  subject: "Subject",
  size: "Size",
};

export function InboundStory({ id }: { readonly id: number }) {
  const message = useQuery(inboundQuery(id));
  return (
    <Sheet title={message.data?.subject || "(no subject)"} above="Message that came in">
      <Answered query={message}>{(found) => <MessageParts message={found} />}</Answered>
    </Sheet>
  );
}

/** All that is known of a message; shown in the drawer and beside the list of conversations. */
export function MessageParts({ message }: { readonly message: InboundMessage }) {
  const { from, author, state, why, receivedAt, contact, event, followed } = message;
  const known = INBOUND_STATES[state];
  return (
    <>
      <Facts
        of={[
          ["From", from],
          ["Written by", author !== from && author],
          ["Came", <When key="came" at={receivedAt} />],
          [
            "State",
            <Chip key="state" tone={known.tone}>
              {known.word}
            </Chip>,
          ],
          ["Because", why],
          ["Contact", contact !== null && <ContactLink id={contact}>see the contact</ContactLink>],
          [
            "Event",
            event !== null && (
              <OpenLink kind="event" id={event}>
                #{event}
              </OpenLink>
            ),
          ],
        ]}
      />
      <h3>What it says</h3>
      <Words pieces={message.pieces} />
      <h3>How it was read</h3>
      <Steps message={message} />
      <h3>What followed</h3>
      {followed.events.length + followed.tasks.length === 0 ? (
        <p className="empty">Nothing.</p>
      ) : (
        <>
          <EventChips events={followed.events} label="What followed" />
          <ul className="made">
            {followed.tasks.map((task) => (
              <TaskLine key={task.id} task={task} />
            ))}
          </ul>
        </>
      )}
      {isReply(message) && event !== null && (
        <ReadAgain key={readingOf(followed.events)?.position} event={event} reading={readingOf(followed.events)} />
      )}
      {message.headers !== null && (
        <details className="raw">
          <summary>Headers as they came</summary>
          <Scrolled label="Headers as they came" className="scrolled code">
            {message.headers}
          </Scrolled>
        </details>
      )}
    </>
  );
}

/** Bounces and complaints are no words to read again. */
function isReply({ state, event, why }: InboundMessage): boolean {
  return state === "taken" && event !== null && !/^a (hard |soft )?(bounce|complaint)$/.test(why);
}

function Steps({ message: { steps, followed } }: { readonly message: InboundMessage }) {
  const readings = followed.events.filter(({ type }) => type === "reply_classified");
  if (steps.length + readings.length === 0) return <p className="empty">Its reading was not kept.</p>;
  return (
    <ol className="steps">
      {steps.map(({ step, found }) => (
        <li key={`${step}:${found}`}>
          <b>{STEPS[step] ?? humanly(step)}</b>
          <span>{found}</span>
        </li>
      ))}
      {readings.map(({ position, data }) => {
        const reading = data as Data;
        return (
          <li key={position}>
            <b>Meaning</b>
            <span>
              <OpenLink kind="event" id={position} className="chip in">
                {replyClassWords(reading.class)}
              </OpenLink>{" "}
              {Math.round(reading.confidence * 100)} %, {reading.sure ? "sure" : "a guess"}, by {actorWords(reading.by)}
              {(reading.reasons ?? []).length > 0 && <span className="about"> {reading.reasons.join(", ")}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
