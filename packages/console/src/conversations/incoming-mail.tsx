/** All mail that came in, also what is no reply: how each was taken, how it was read, and why. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { inboundQuery, inboxQuery } from "../api/queries.ts";
import type { InboundMail } from "../api/types.ts";
import { type Search, useAddress } from "../parts/address.tsx";
import { BackToList, Chip, When } from "../parts/basics.tsx";
import { Choice } from "../parts/filters.tsx";
import { useHeldList } from "../parts/held-list.ts";
import { useKeys } from "../parts/keys.ts";
import { FreshPill, Split } from "../parts/split.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { MessageParts } from "../story/inbound-story.tsx";
import { INBOUND_STATES } from "../words/states.ts";

const STATES = [
  ["", "All"],
  ["taken", "Read"],
  ["ignored", "Left out"],
  ["unreadable", "Unreadable"],
] as const;

/** A list beside the message that is chosen; part of the screen of conversations. */
export function IncomingMail() {
  const [{ state, message }, change] = useAddress();
  const inbox = useQuery(inboxQuery(state));
  const held = useHeldList(inbox.data?.inbox ?? [], ({ id }) => id, state ?? "");
  const index = held.rows.findIndex(({ id }) => String(id) === message);
  const step = (by: number) => {
    const next = held.rows[Math.min(held.rows.length - 1, Math.max(0, index + by))];
    if (next !== undefined) change({ message: String(next.id) }, "replace");
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => change({ message: undefined }),
  });
  return (
    <>
      <div className="filters">
        <Choice label="How it was taken" name="state" options={STATES} />
      </div>
      <Split
        list={
          <div {...held.holders}>
            {held.fresh > 0 && <FreshPill fresh={held.fresh} onRelease={held.release} />}
            <Answered query={inbox} rows={6}>
              {() =>
                held.rows.length === 0 ? (
                  <Empty>
                    {state === undefined
                      ? "No mail has come in. An inbox is set with mail.inbox."
                      : "No message is of this kind."}
                  </Empty>
                ) : (
                  <ul className="rows" aria-label="Messages">
                    {held.rows.map((mail, i) => (
                      <MessageItem key={mail.id} mail={mail} isCurrent={i === index} />
                    ))}
                  </ul>
                )
              }
            </Answered>
          </div>
        }
        detail={
          message === undefined ? undefined : (
            <MessageDetail key={message} id={Number(message)} onBack={() => change({ message: undefined })} />
          )
        }
        hint={inbox.data !== undefined && held.rows.length === 0 ? undefined : "Choose a message, or press j."}
      />
    </>
  );
}

function MessageItem({ mail, isCurrent }: { readonly mail: InboundMail; readonly isCurrent: boolean }) {
  const state = INBOUND_STATES[mail.state];
  return (
    <li className={isCurrent ? "row mail current" : "row mail"}>
      <Link
        to="."
        search={((before: Search) => ({ ...before, message: String(mail.id) })) as never}
        resetScroll={false}
        className="row-link"
        {...(isCurrent ? { "aria-current": "true" as const } : {})}
      >
        <span className="line">
          <span className="name cut">{mail.subject || "(no subject)"}</span>
          <span className="spring" />
          <When at={mail.receivedAt} />
        </span>
        <span className="line about">
          <span className="cut">{mail.from ? `from ${mail.from}` : "from an unknown sender"}</span>
          <span className="spring" />
          <Chip tone={state.tone}>{state.word}</Chip>
        </span>
        <span className="about cut">{mail.why}</span>
      </Link>
    </li>
  );
}

function MessageDetail({ id, onBack }: { readonly id: number; readonly onBack: () => void }) {
  const message = useQuery(inboundQuery(id));
  return (
    <article className="detail" aria-labelledby="message-title">
      <header className="detail-head">
        <BackToList onBack={onBack} />
        <h2 id="message-title">{message.data?.subject || "(no subject)"}</h2>
      </header>
      <Answered query={message}>{(found) => <MessageParts message={found} />}</Answered>
    </article>
  );
}
