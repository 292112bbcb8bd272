/** The chain of causes, the outside event first: what each event made workflows decide, and what that asked for. */
import type { Decision, EmailSummary, TaskRow, Why } from "../api/types.ts";
import { OpenLink } from "../parts/address.tsx";
import { Chip, When } from "../parts/basics.tsx";
import { branchWords, heldBackWords, outcomeWords } from "../words/decisions.ts";
import { eventWords, toneOf } from "../words/events.ts";
import { actorWords, humanly, mailSubject, workerWords } from "../words/names.ts";
import { MAIL_STATES, TASK_STATES } from "../words/states.ts";
import { taskName } from "../words/tasks.ts";
import { clockWords } from "../words/time.ts";

export function Chain({ chain }: { readonly chain: Why["chain"] }) {
  if (chain.length === 0) return <p className="empty">The log does not say what led to it.</p>;
  return (
    <ol className="chain">
      {chain.map(({ event, decisions, tasks, emails, alerts }) => (
        <li key={event.position}>
          <p className="line">
            <OpenLink kind="event" id={event.position} className={`chip ${toneOf(event)}`}>
              {eventWords(event)}
            </OpenLink>
            <span className="about">
              {actorWords(event.actor)}, {clockWords(event.occurredAt)}
            </span>
          </p>
          <ul className="made">
            {decisions.map((decision) => (
              <DecisionLine key={`${decision.workflow}:${decision.branch}`} decision={decision} />
            ))}
            {tasks.map((task) => (
              <TaskLine key={task.id} task={task} />
            ))}
            {emails.map((email) => (
              <EmailLine key={email.id} email={email} />
            ))}
            {alerts.map((alert) => (
              <li key={alert.id}>
                alert{" "}
                <OpenLink kind="alert" id={alert.id}>
                  {alert.title}
                </OpenLink>{" "}
                <Chip tone="alert">{alert.audience}</Chip>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** What one workflow decided, and in plain words what it did not do and why. */
export function DecisionLine({ decision }: { readonly decision: Decision }) {
  const outcomes = (decision.outcomes as readonly unknown[]) ?? [];
  const said = outcomes.length === 0 ? "did nothing" : outcomes.map(outcomeWords).join(", ");
  const heldBack = heldBackWords(decision.because);
  return (
    <li className="decision">
      <b>{humanly(decision.workflow)}</b>
      {decision.branch === "" ? " " : <> took “{branchWords(decision.branch)}” and </>}
      {said}
      {heldBack.length > 0 && (
        <ul className="held-back">
          {heldBack.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

export function TaskLine({
  task,
}: {
  readonly task: Pick<TaskRow, "id" | "kind" | "state" | "worker" | "dueAt" | "finishedAt">;
}) {
  const state = TASK_STATES[task.state];
  return (
    <li>
      task{" "}
      <OpenLink kind="task" id={task.id}>
        {taskName(task.kind)}
      </OpenLink>{" "}
      <Chip tone={state.tone}>{state.word}</Chip>
      {task.worker !== null && <span className="about"> {workerWords(task.worker)}</span>}
    </li>
  );
}

export function EmailLine({ email }: { readonly email: EmailSummary }) {
  const state = MAIL_STATES[email.state];
  return (
    <li>
      e-mail{" "}
      <OpenLink kind="email" id={email.id}>
        {mailSubject(email)}
      </OpenLink>{" "}
      <Chip tone={state.tone}>{state.word}</Chip> <When at={email.sentAt ?? email.createdAt} />
    </li>
  );
}
