/** Conversations: who has written, what they want, and who still waits for an answer; all mail that came in beside it. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { conversationsQuery } from "../api/queries.ts";
import type { Conversation } from "../api/types.ts";
import { type Search, useAddress } from "../parts/address.tsx";
import { Button, Chip, Score, When } from "../parts/basics.tsx";
import { commandOf, csvAddress } from "../parts/copy.ts";
import { Choice, Tabs } from "../parts/filters.tsx";
import { useHeldList } from "../parts/held-list.ts";
import { useKeys } from "../parts/keys.ts";
import { Page } from "../parts/page.tsx";
import { FreshPill, Split } from "../parts/split.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { personWords } from "../words/names.ts";
import { REPLY_CLASSES, type ReplyClass } from "../words/reply-classes.ts";
import { ConversationDetail } from "./conversation-detail.tsx";
import { IncomingMail } from "./incoming-mail.tsx";
import { ReadingChip } from "./reading-chip.tsx";

const TABS = [
  { value: "", words: "Wait for an answer" },
  { value: "all", words: "All" },
  { value: "mail", words: "All mail that came in" },
];

export function ConversationsPage() {
  const [{ view, class: reading }] = useAddress();
  return (
    <Page
      title="Conversations"
      about="what people answered, what it was taken to say, and who waits for us"
      className="split-page"
      csv={
        view === "mail"
          ? undefined
          : csvAddress("/api/conversations.csv", { class: reading, waiting: view === undefined })
      }
      command={
        view === "mail"
          ? commandOf("mail inbox")
          : commandOf("mail conversations", { class: reading, waiting: view === undefined })
      }
    >
      <div className="filters">
        <Tabs label="Which" name="view" tabs={TABS} current={view ?? ""} preset="" />
        {view !== "mail" && <Choice label="They" name="class" options={[["", "say anything"], ...REPLY_CLASSES]} />}
      </div>
      {view === "mail" ? <IncomingMail /> : <Threads />}
    </Page>
  );
}

function Threads() {
  const [{ view, class: reading, contact }, change] = useAddress();
  const query = useInfiniteQuery(
    conversationsQuery({ class: reading as ReplyClass | undefined, waiting: view === undefined ? true : undefined }),
  );
  const conversations = query.data?.pages.flatMap((page) => page.conversations) ?? [];
  const held = useHeldList(conversations, (one) => one.contact, [view, reading].join());
  const index = held.rows.findIndex((one) => one.contact === contact);
  const step = (by: number) => {
    const next = held.rows[Math.min(held.rows.length - 1, Math.max(0, index + by))];
    if (next !== undefined) change({ contact: next.contact }, "replace");
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Escape: () => change({ contact: undefined }),
  });
  return (
    <Split
      hint={query.data !== undefined && held.rows.length === 0 ? undefined : "Choose a conversation, or press j."}
      list={
        <div {...held.holders}>
          {held.fresh > 0 && <FreshPill fresh={held.fresh} onRelease={held.release} />}
          <Answered query={query} rows={6}>
            {() =>
              held.rows.length === 0 ? (
                <Empty>
                  {view === undefined && reading === undefined
                    ? "No one waits for an answer. Replies land here as they come in."
                    : "There is no such conversation."}
                </Empty>
              ) : (
                <ul className="rows" aria-label="Conversations">
                  {held.rows.map((one, i) => (
                    <ConversationItem key={one.contact} conversation={one} isCurrent={i === index} />
                  ))}
                </ul>
              )
            }
          </Answered>
          {query.hasNextPage && (
            <Button look="quiet" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show older ones
            </Button>
          )}
        </div>
      }
      detail={
        contact === undefined ? undefined : (
          <ConversationDetail key={contact} contact={contact} onBack={() => change({ contact: undefined })} />
        )
      }
    />
  );
}

function ConversationItem({
  conversation,
  isCurrent,
}: {
  readonly conversation: Conversation;
  readonly isCurrent: boolean;
}) {
  const { contact, who, excerpt, repliedAt, reading, isAnswered, hasOptedOut, isAutomatic } = conversation;
  return (
    <li className={isCurrent ? "row current" : "row"}>
      <Link
        to="."
        search={((before: Search) => ({ ...before, contact })) as never}
        resetScroll={false}
        className="row-link"
        {...(isCurrent ? { "aria-current": "true" as const } : {})}
      >
        <span className="line">
          <span className="name">{personWords(who)}</span>
          {who?.score != null && <Score score={who.score} />}
          <span className="spring" />
          <When at={repliedAt} />
        </span>
        <span className="cut">{excerpt || "(no words)"}</span>
        <span className="line about">
          <ReadingChip reading={reading} />
          {isAutomatic && <Chip>a program wrote it</Chip>}
          {hasOptedOut && <Chip tone="bad">opted out</Chip>}
          <span className="spring" />
          {isAnswered ? "answered" : "waits for us"}
        </span>
      </Link>
    </li>
  );
}
