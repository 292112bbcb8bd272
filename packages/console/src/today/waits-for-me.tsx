/** The most pressing work, mine first; one click or key begins it. */
import { useQuery } from "@tanstack/react-query";
import { useMe } from "../api/me.ts";
import { queueQuery } from "../api/queries.ts";
import { useFinishing } from "../inbox/finishing.ts";
import { PageLink } from "../parts/address.tsx";
import { Panel, Score, When } from "../parts/basics.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { personWords, workerWords } from "../words/names.ts";
import { taskName } from "../words/tasks.ts";

const SHOWN = 7;

export function WaitsForMe() {
  const query = useQuery(queueQuery());
  const me = useMe();
  const finishing = useFinishing();
  const open = (query.data?.tasks ?? []).filter(({ id }) => !finishing.has(id));
  const shown = [...open.filter(({ worker }) => worker === me), ...open.filter(({ worker }) => worker !== me)].slice(
    0,
    SHOWN,
  );
  return (
    <Panel
      title="Waits for you"
      count={open.length === 0 ? undefined : open.length}
      actions={
        open.length > 0 && (
          <PageLink to="/console/inbox" search={{ focus: "yes" }} className="button main small">
            Start
          </PageLink>
        )
      }
    >
      <Answered query={query} rows={4}>
        {() =>
          shown.length === 0 ? (
            <Empty>
              No work is waiting. A hot lead brings the next task: <a href="/forms/demo">send one as a CTO</a>.
            </Empty>
          ) : (
            <ul className="rows" aria-label="Waits for you">
              {shown.map(({ id, kind, who, dueAt, worker, band, saidYes }) => (
                <li key={id} className="row">
                  <PageLink to="/console/inbox" search={{ task: String(id) }} className="row-link">
                    <span className="line">
                      <span className="name">{who === null ? taskName(kind) : personWords(who)}</span>
                      {who?.score != null && <Score score={who.score} band={band ?? undefined} />}
                      <span className="spring" />
                      <When at={dueAt} kind="due" />
                    </span>
                    <span className="line about">
                      <b className={saidYes ? "kind yes" : "kind"}>{taskName(kind)}</b>
                      <span className="cut">{[who?.jobtitle, who?.company].filter(Boolean).join(", ")}</span>
                      {worker !== null && (
                        <span className="held">{worker === me ? "yours" : `held by ${workerWords(worker)}`}</span>
                      )}
                    </span>
                  </PageLink>
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Panel>
  );
}
