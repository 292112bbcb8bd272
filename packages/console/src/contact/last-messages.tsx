/** What was said last between us and a contact: their replies in full, our e-mails by subject. */
import type { ContactStory, Data } from "../api/types.ts";
import { OpenLink } from "../parts/address.tsx";
import { Chip, When } from "../parts/basics.tsx";
import { mailSubject } from "../words/names.ts";
import { replyClassWords } from "../words/reply-classes.ts";
import { MAIL_STATES } from "../words/states.ts";

const SHOWN = 4;

export function LastMessages({ story, shown = SHOWN }: { readonly story: ContactStory; readonly shown?: number }) {
  const replies = story.events
    .filter(({ type, data }) => type === "email_engagement" && (data as Data)?.engagement === "replied")
    .map((event) => ({ at: event.occurredAt, reply: event }));
  const emails = story.emails.map((email) => ({ at: email.sentAt ?? email.createdAt, email }));
  const messages: { at: number; reply?: ContactStory["events"][number]; email?: ContactStory["emails"][number] }[] = [
    ...replies,
    ...emails,
  ];
  const newest = messages.sort((a, b) => b.at - a.at).slice(0, shown);
  if (newest.length === 0) return null;
  return (
    <section aria-label="Last messages">
      <h3>Last messages</h3>
      <ul className="messages">
        {newest.map(({ at, reply, email }) =>
          reply !== undefined ? (
            <li key={`reply:${reply.position}`} className="message theirs">
              <p className="line about">
                They wrote <When at={at} />
                <Reading story={story} reply={reply.position} />
              </p>
              <OpenLink kind="event" id={reply.position} className="quote" label="Open this reply">
                {String((reply.data as Data)?.text ?? (reply.data as Data)?.what ?? "(no words)")}
              </OpenLink>
            </li>
          ) : email !== undefined ? (
            <li key={`email:${email.id}`} className="message ours">
              <OpenLink kind="email" id={email.id}>
                {mailSubject(email)}
              </OpenLink>{" "}
              <Chip tone={MAIL_STATES[email.state].tone}>{MAIL_STATES[email.state].word}</Chip> <When at={at} />
            </li>
          ) : null,
        )}
      </ul>
    </section>
  );
}

/** What the reply was taken to say. */
function Reading({ story, reply }: { readonly story: ContactStory; readonly reply: number }) {
  const root = story.events.find(({ position }) => position === reply)?.root;
  const reading = story.events.find((event) => event.type === "reply_classified" && event.root === root)?.data as Data;
  if (reading === undefined) return null;
  return (
    <Chip tone={reading.class === "positive" ? "good" : reading.class === "opt_out" ? "bad" : "in"}>
      {replyClassWords(reading.class)}
      {reading.sure ? "" : ", perhaps"}
    </Chip>
  );
}
