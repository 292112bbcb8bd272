/** Beside a task: what to do next, who it is about, what was said last, and why this score. */
import { useQuery } from "@tanstack/react-query";
import { contactQuery, draftsQuery, explanationQuery } from "../api/queries.ts";
import type { ContactStory, Data, QueuedTask } from "../api/types.ts";
import { LastMessages } from "../contact/last-messages.tsx";
import { Thread } from "../conversations/conversation-detail.tsx";
import { DraftDetail } from "../drafts/draft-detail.tsx";
import { ContactLink, OpenLink, PageLink } from "../parts/address.tsx";
import { BackToList, Chip, Facts, Score, When } from "../parts/basics.tsx";
import { Answered } from "../parts/states.tsx";
import { Points } from "../story/subjects.tsx";
import { capital, personWords, propertyWords, valueWords } from "../words/names.ts";
import { nextStep, taskName } from "../words/tasks.ts";
import { TaskVerbs } from "./task-verbs.tsx";

export function TaskDetail(props: { readonly task: QueuedTask; readonly onBack?: () => void }) {
  // A draft ends with a decision, not with "done".
  return props.task.kind === "review_draft" ? <DraftTask {...props} /> : <WorkDetail {...props} />;
}

function DraftTask({ task, onBack }: { readonly task: QueuedTask; readonly onBack?: () => void }) {
  const drafts = useQuery(draftsQuery);
  return (
    <Answered query={drafts} rows={4}>
      {(found) => {
        const draft = found.drafts.find(({ id }) => id === task.id);
        return draft === undefined ? (
          <p className="empty">
            <PageLink to="/console/drafts">This e-mail is among the drafts</PageLink>.
          </p>
        ) : (
          <DraftDetail key={draft.id} draft={draft} onBack={onBack} />
        );
      }}
    </Answered>
  );
}

function WorkDetail({ task, onBack }: { readonly task: QueuedTask; readonly onBack?: () => void }) {
  const { who } = task;
  const next = nextStep(task.kind) ?? task.about;
  const reason = (task.payload as Data)?.reason;
  return (
    <article className="detail" aria-labelledby="detail-title">
      <header className="detail-head">
        <BackToList onBack={onBack} />
        <div className="grow">
          <p className="above">
            {taskName(task.kind)} · <When at={task.dueAt} kind="due" />
          </p>
          <h2 id="detail-title">
            {task.contact === null ? (
              taskName(task.kind)
            ) : (
              <ContactLink id={task.contact}>{personWords(who)}</ContactLink>
            )}
          </h2>
          <p className="about">{[who?.jobtitle, who?.company].filter(Boolean).join(", ")}</p>
        </div>
      </header>
      <p className="next-step">
        {next} {reason !== undefined && <span>{valueWords(reason)}</span>}
      </p>
      <TaskVerbs task={task} />
      {task.contact !== null && ANSWERED.has(task.kind) && (
        <section aria-label="Conversation">
          <h3>Conversation</h3>
          <Thread contact={task.contact} task={task.id} />
        </section>
      )}
      {task.contact !== null && <AboutContact contact={task.contact} withMessages={!ANSWERED.has(task.kind)} />}
      <p className="about">
        <OpenLink kind="task" id={task.id}>
          Why is this here?
        </OpenLink>
      </p>
    </article>
  );
}

/** Work that is commonly done by an answer: the conversation stands beside it, and the answer finishes it. */
const ANSWERED = new Set(["schedule_meeting", "handle_inquiry"]);

/** The facts one needs before a call or an e-mail. */
function AboutContact({ contact, withMessages }: { readonly contact: string; readonly withMessages: boolean }) {
  const story = useQuery(contactQuery(contact));
  return (
    <Answered query={story} rows={3}>
      {(found) => (
        <>
          {withMessages && <LastMessages story={found} />}
          <Reach story={found} />
          <WhyScore contact={found.id} />
        </>
      )}
    </Answered>
  );
}

const FIRST = ["country", "industry", "numberofemployees", "company_size_band", "seniority", "website"];

function Reach({ story: { properties, facts } }: { readonly story: ContactStory }) {
  const { email, phone } = properties;
  return (
    <section aria-label="Facts">
      <h3>Facts</h3>
      {facts.optedOut !== undefined && facts.optedOut !== null && (
        <p>
          <Chip tone="bad">opted out</Chip> Do not write to them.
        </p>
      )}
      <Facts
        of={[
          ["Phone", typeof phone === "string" && <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a>],
          ["E-mail", typeof email === "string" && <a href={`mailto:${email}`}>{email}</a>],
          ...FIRST.map((name) => [capital(propertyWords(name)), valueWords(properties[name])] as const),
        ]}
      />
      {properties.message && <blockquote>{String(properties.message)}</blockquote>}
    </section>
  );
}

/** Why this score, in points and in words. */
export function WhyScore({ contact }: { readonly contact: string }) {
  const { data } = useQuery(explanationQuery(contact));
  if (data === undefined || data.score === null) return null;
  const words = data.words as Data;
  const reasons = (data.scoring?.reasons ?? []) as { points: number; because: string }[];
  return (
    <section aria-label="Why this score">
      <h3>
        Why this score <Score score={data.score} band={data.band} />
      </h3>
      {words?.words && (
        <p className="said">
          {words.words} <span className="about">Says {words.model}</span>
        </p>
      )}
      <Points reasons={reasons} />
      {reasons.length === 0 && !words?.words && <p className="about">The score came without its reasons.</p>}
      {words?.beyond?.map((one: { what: string; words: string }) => (
        <p key={one.words} className="about">
          Perhaps: {one.what} “{one.words}”
        </p>
      ))}
    </section>
  );
}
