/** One lead in a list: who, how hot, the last steps of the path it has taken, and what is open. */
import type { Contact } from "../api/types.ts";
import { ContactLink, OpenLink } from "../parts/address.tsx";
import { Chip, Score, When } from "../parts/basics.tsx";
import { eventWords, isQuiet, toneOf } from "../words/events.ts";
import { contactName, valueWords, workerWords } from "../words/names.ts";
import { TASK_STATES } from "../words/states.ts";
import { taskName } from "../words/tasks.ts";

const STEPS_SHOWN = 5;
const HEIGHT_PX = 42;
const PATH_HEIGHT_PX = 24;

/** In pixels, where nothing wraps. */
export function leadHeight({ path, openTasks }: Contact): number {
  return path.length + openTasks.length === 0 ? HEIGHT_PX : HEIGHT_PX + PATH_HEIGHT_PX;
}

export function LeadRow({ contact }: { readonly contact: Contact }) {
  const { properties, facts } = contact;
  const about = [properties.jobtitle, properties.company].filter(Boolean).join(", ");
  return (
    <div className="row lead">
      <p className="line">
        <span className="name">
          <ContactLink id={contact.id}>{contactName(contact)}</ContactLink>
        </span>
        <span className="about cut">{about}</span>
        <span className="spring" />
        {facts.optedOut ? <Chip tone="bad">opted out</Chip> : null}
        {properties.lead_status ? <span className="about status">{valueWords(properties.lead_status)}</span> : null}
        <Score score={properties.lead_score} band={properties.lead_band} />
        <When at={contact.createdAt} />
      </p>
      <Path contact={contact} />
    </div>
  );
}

/** A step that says the same as one before it says nothing. What is still to be done stands at the end. */
function Path({ contact: { path, openTasks } }: { readonly contact: Contact }) {
  const words = path.map(eventWords);
  const telling = path.filter((step, i) => !isQuiet(step) && words.indexOf(words[i] ?? "") === i);
  const left = telling.length - STEPS_SHOWN;
  return (
    <ol className="path" aria-label="Path">
      {left > 0 && (
        <li>
          <Chip>{left} before</Chip>
        </li>
      )}
      {telling.slice(-STEPS_SHOWN).map((step) => (
        <li key={step.position}>
          <OpenLink kind="event" id={step.position} className={`chip ${toneOf(step)}`}>
            {eventWords(step)}
          </OpenLink>
        </li>
      ))}
      {openTasks
        .filter(({ kind }) => kind !== "sync_crm")
        .map((task) => (
          <li key={task.id}>
            <OpenLink kind="task" id={task.id} className="chip open">
              {openWords(task)}
            </OpenLink>
          </li>
        ))}
    </ol>
  );
}

function openWords({ kind, state, worker }: Contact["openTasks"][number]): string {
  const name = taskName(kind);
  return state === "IN_PROGRESS" && worker !== null
    ? `${name}: ${workerWords(worker)} is at it`
    : `${name}: ${TASK_STATES[state].word}`;
}
