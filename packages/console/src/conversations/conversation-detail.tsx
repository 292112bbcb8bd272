/** One conversation: both sides in order, how each reply was read, the way to correct it, and to answer. */
import { useQuery } from "@tanstack/react-query";
import { contactQuery, conversationQuery } from "../api/queries.ts";
import type { ConversationStory } from "../api/types.ts";
import { ContactLink, OpenLink, PageLink } from "../parts/address.tsx";
import { BackToList, Chip, Score, When } from "../parts/basics.tsx";
import { Answered } from "../parts/states.tsx";
import { ReadAgainForm } from "../story/read-again.tsx";
import { Words } from "../story/words-of-message.tsx";
import { actorWords, contactName } from "../words/names.ts";
import { MAIL_STATES } from "../words/states.ts";
import { ReadingChip } from "./reading-chip.tsx";
import { ReplyBox } from "./reply-box.tsx";

export function ConversationDetail({ contact, onBack }: { readonly contact: string; readonly onBack?: () => void }) {
  const story = useQuery(contactQuery(contact)).data;
  return (
    <article className="detail" aria-labelledby="conversation-title">
      <header className="detail-head">
        <BackToList onBack={onBack} />
        <div>
          <h2 id="conversation-title">
            <ContactLink id={contact}>{story === undefined ? "…" : contactName(story)}</ContactLink>
          </h2>
          {story !== undefined && (
            <p className="line about">
              <Score score={story.properties.lead_score} band={story.properties.lead_band} />
              {[story.properties.jobtitle, story.properties.company].filter(Boolean).join(", ")}
            </p>
          )}
        </div>
      </header>
      <Thread contact={contact} />
    </article>
  );
}

/** The messages and the box to answer them. @param task a person's task that is done with the answer. */
export function Thread({ contact, task }: { readonly contact: string; readonly task?: number }) {
  const conversation = useQuery(conversationQuery(contact));
  return (
    <Answered query={conversation} rows={3}>
      {(found) => (
        <>
          <ol className="messages thread" aria-label="Messages">
            {found.messages.map((message) => (
              <Message
                key={message.direction === "in" ? `in:${message.reply}` : `out:${message.email}`}
                message={message}
              />
            ))}
          </ol>
          {found.drafts.map((draft) => (
            <p key={draft.id} className="next-step">
              An e-mail to them waits for a decision:{" "}
              <PageLink to="/console/drafts" search={{ draft: String(draft.id) }}>
                {draft.subject || "read it"}
              </PageLink>
            </p>
          ))}
          <ReplyBox conversation={found} task={task} />
        </>
      )}
    </Answered>
  );
}

function Message({ message }: { readonly message: ConversationStory["messages"][number] }) {
  if (message.direction === "out") {
    const state = MAIL_STATES[message.state as keyof typeof MAIL_STATES] ?? { word: message.state, tone: "dim" };
    return (
      <li className="message ours">
        <p className="line about">
          We wrote <When at={message.at} />
          {message.state !== "sent" && (
            <Chip tone={state.tone}>{message.reason === null ? state.word : `${state.word}: ${message.reason}`}</Chip>
          )}
        </p>
        <details>
          <summary>{message.subject || "(no subject)"}</summary>
          <p className="said">{message.text}</p>
        </details>
        <OpenLink kind="email" id={message.email}>
          Why it was sent
        </OpenLink>
      </li>
    );
  }
  const { reading, reply, pieces, text, from, isAutomatic, subject } = message;
  return (
    <li className="message theirs">
      <p className="line about">
        They wrote <When at={message.at} />
        {from !== null && <span>from {from}</span>}
        {isAutomatic && <Chip>a program wrote it</Chip>}
        <ReadingChip reading={reading} />
      </p>
      {subject !== "" && <p className="above">{subject}</p>}
      {pieces.length > 0 ? <Words pieces={pieces} /> : <p className="said">{text || "(no words)"}</p>}
      <details className="evidence">
        <summary>{reading === null ? "Say what it says" : "Read wrongly? Why it was read so"}</summary>
        {reading !== null && (
          <p className="about">
            {Math.round(reading.confidence * 100)} %, {reading.sure ? "sure" : "a guess"}, by {actorWords(reading.by)}
            {reading.reasons.length > 0 && `: ${reading.reasons.join(", ")}`}
          </p>
        )}
        <ReadAgainForm key={reading?.position} event={reply} read={reading?.class} />
      </details>
    </li>
  );
}
