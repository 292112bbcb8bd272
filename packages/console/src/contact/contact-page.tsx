/** A contact: who they are, why this score, what was said, and everything that happened, on one timeline. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMay } from "../api/me.ts";
import { contactQuery } from "../api/queries.ts";
import type { ContactStory, Data } from "../api/types.ts";
import { WhyScore } from "../inbox/task-detail.tsx";
import { TaskVerbs } from "../inbox/task-verbs.tsx";
import { OpenLink } from "../parts/address.tsx";
import { Chip, Panel, Score, When } from "../parts/basics.tsx";
import { commandOf, shellWord } from "../parts/copy.ts";
import { Page } from "../parts/page.tsx";
import { Answered } from "../parts/states.tsx";
import { contactName, workerWords } from "../words/names.ts";
import { TASK_STATES } from "../words/states.ts";
import { taskName } from "../words/tasks.ts";
import { EraseContact } from "./erase-contact.tsx";
import { LastMessages } from "./last-messages.tsx";
import { LiftBlocks } from "./lift-blocks.tsx";
import { Properties } from "./properties.tsx";
import { Timeline } from "./timeline.tsx";

export function ContactPage() {
  const { contact = "" } = useParams({ strict: false }) as { contact?: string };
  const story = useQuery(contactQuery(contact));
  return (
    <Page
      key={contact}
      title={story.data === undefined ? "Contact" : contactName(story.data)}
      className="contact-page"
      about={story.data === undefined ? undefined : <About story={story.data} />}
      command={commandOf(`contacts show ${shellWord(String(story.data?.properties.email ?? contact))}`)}
    >
      <Answered query={story} rows={6}>
        {(found) => <Parts story={found} />}
      </Answered>
    </Page>
  );
}

function About({ story: { properties, facts, createdAt } }: { readonly story: ContactStory }) {
  return (
    <span className="line">
      <Score score={properties.lead_score} band={properties.lead_band} />
      {facts.optedOut ? <Chip tone="bad">opted out</Chip> : null}
      {facts.bounced ? <Chip tone="bad">address does not work</Chip> : null}
      {facts.erasedAt ? <Chip>all data erased</Chip> : null}
      <span>{[properties.jobtitle, properties.company].filter(Boolean).join(", ")}</span>
      <span>
        known since <When at={createdAt} />
      </span>
    </span>
  );
}

function Parts({ story }: { readonly story: ContactStory }) {
  const open = story.tasks.filter(({ finishedAt, isHuman }) => finishedAt === null && isHuman);
  const message = story.properties.message;
  const may = useMay();
  return (
    <div className="contact">
      <div className="contact-side">
        <h2 className="hidden">Who they are</h2>
        {open.map((task) => (
          <section key={task.id} className="panel open-task" aria-label={taskName(task.kind)}>
            <p className="line">
              <b>
                <OpenLink kind="task" id={task.id}>
                  {taskName(task.kind)}
                </OpenLink>
              </b>
              <span className="spring" />
              <When at={task.dueAt} kind="due" />
            </p>
            {task.about !== `${taskName(task.kind)}.` && <p className="about">{task.about}</p>}
            <TaskVerbs task={task} />
          </section>
        ))}
        {message ? <blockquote>{String(message)}</blockquote> : null}
        <LastMessages story={story} shown={8} />
        <WhyScore contact={story.id} />
        <Properties story={story} />
        {may("liftOptOut") && <LiftBlocks story={story} />}
        {may("eraseContact") && <EraseContact story={story} />}
      </div>
      <div className="contact-main">
        <Panel title="Everything that happened" hint="the newest first">
          <Timeline story={story} />
        </Panel>
        <OtherTasks story={story} />
      </div>
    </div>
  );
}

function OtherTasks({ story: { tasks } }: { readonly story: ContactStory }) {
  if (tasks.length === 0) return null;
  return (
    <Panel title="Tasks" count={tasks.length}>
      <ul className="made padded">
        {tasks.map((task) => (
          <li key={task.id}>
            <OpenLink kind="task" id={task.id}>
              {taskName(task.kind)}
            </OpenLink>{" "}
            <Chip tone={TASK_STATES[task.state].tone}>{TASK_STATES[task.state].word}</Chip>{" "}
            <span className="about">
              {task.worker !== null && workerWords(task.worker)} {(task.result as Data)?.note}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
