/** Promises that were broken: leads whose form waited longer than five minutes for the first action, and what for. */
import { useQuery } from "@tanstack/react-query";
import { todayQuery } from "../api/queries.ts";
import { ContactLink, OpenLink } from "../parts/address.tsx";
import { Chip, Panel, When } from "../parts/basics.tsx";
import { personWords } from "../words/names.ts";
import { taskName } from "../words/tasks.ts";
import { spanWords } from "../words/time.ts";

export function Breaches() {
  const { data } = useQuery(todayQuery);
  const breaches = data?.formToAction.breaches ?? [];
  if (data === undefined || breaches.length === 0) return null;
  return (
    <Panel
      title="Answered too late"
      count={breaches.length}
      hint={`longer than ${spanWords(data.formToAction.promisedMs)}, today`}
    >
      <ul className="rows" aria-label="Answered too late">
        {breaches.map(({ form, contact, who, submittedAt, tookMs, isWaiting, task, kind, error }) => (
          <li key={form} className="row line">
            <Chip tone={isWaiting ? "bad" : "warn"}>{isWaiting ? "still waits" : spanWords(tookMs)}</Chip>
            <b>{contact === null ? "A form" : <ContactLink id={contact}>{personWords(who)}</ContactLink>}</b>
            <span className="about cut grow">
              {task !== null && kind !== null && (
                <>
                  waited for{" "}
                  <OpenLink kind="task" id={task}>
                    {taskName(kind)}
                  </OpenLink>
                </>
              )}{" "}
              {error}
            </span>
            <When at={submittedAt} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
