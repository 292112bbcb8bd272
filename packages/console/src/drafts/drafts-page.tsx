/** Drafts: e-mails a model wrote, each with the facts it rests on; a person sends, changes or refuses them. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { draftsQuery } from "../api/queries.ts";
import type { Draft } from "../api/types.ts";
import { useAddress } from "../parts/address.tsx";
import { Button, Chip, Score, When } from "../parts/basics.tsx";
import { commandOf } from "../parts/copy.ts";
import { useHeldList } from "../parts/held-list.ts";
import { useKeys } from "../parts/keys.ts";
import { Page } from "../parts/page.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { humanly, personWords } from "../words/names.ts";
import { plural } from "../words/time.ts";
import { DraftDetail } from "./draft-detail.tsx";

export function DraftsPage() {
  const [{ draft }, change] = useAddress();
  const query = useQuery(draftsQuery);
  const drafts = query.data?.drafts ?? [];
  const held = useHeldList(drafts, ({ id }) => id, "");
  const [lastIndex, setLastIndex] = useState(0);
  const found = held.rows.findIndex(({ id }) => String(id) === draft);
  // The one that was decided is gone: the next has taken its place.
  const index = found >= 0 ? found : Math.min(lastIndex, held.rows.length - 1);
  const current = held.rows[index];
  const step = (by: number) => {
    const next = held.rows[Math.min(held.rows.length - 1, Math.max(0, index + by))];
    if (next !== undefined) change({ draft: String(next.id) }, "replace");
  };
  useKeys({ j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1) });
  return (
    <Page
      title="Drafts"
      about={drafts.length === 0 ? undefined : `${plural(drafts.length, "e-mail")} to decide, the next due first`}
      className="split-page"
      command={commandOf("drafts list")}
    >
      <Answered query={query} rows={5}>
        {() =>
          held.rows.length === 0 ? (
            <Empty>
              No e-mail waits. Where a model is set for outreach, each first e-mail waits here for a person.
            </Empty>
          ) : (
            <div className={`split${draft === undefined ? "" : " has-detail"}`}>
              <div className="split-list" {...held.holders}>
                {held.fresh > 0 && (
                  <Button look="quiet" className="pill" onClick={held.release}>
                    {held.fresh} new
                  </Button>
                )}
                <ul className="rows" aria-label="Drafts to decide">
                  {held.rows.map((one, i) => (
                    <DraftItem
                      key={one.id}
                      draft={one}
                      isCurrent={i === index}
                      onOpen={() => {
                        setLastIndex(i);
                        change({ draft: String(one.id) }, "replace");
                      }}
                    />
                  ))}
                </ul>
              </div>
              <div className="split-detail">
                {current !== undefined && (
                  <DraftDetail
                    key={current.id}
                    draft={current}
                    onBack={() => change({ draft: undefined })}
                    onDecided={() => setLastIndex(index)}
                  />
                )}
              </div>
            </div>
          )
        }
      </Answered>
    </Page>
  );
}

function DraftItem({
  draft,
  isCurrent,
  onOpen,
}: {
  readonly draft: Draft;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}) {
  return (
    <li className={isCurrent ? "row current" : "row"}>
      <button
        type="button"
        className="row-link"
        onClick={onOpen}
        {...(isCurrent ? { "aria-current": "true" as const } : {})}
      >
        <span className="line">
          <span className="name">{draft.who === null ? "About no contact" : personWords(draft.who)}</span>
          {draft.who?.score != null && <Score score={draft.who.score} />}
          <span className="spring" />
          <When at={draft.dueAt} kind="due" />
        </span>
        <span className="line about">
          <span className="cut">{draft.subject || "(under the first e-mail’s subject)"}</span>
          <span className="spring" />
          <Chip>
            {draft.sequence === null ? humanly(draft.template) : `${humanly(draft.sequence)} ${draft.touch ?? 1}`}
          </Chip>
        </span>
      </button>
    </li>
  );
}
