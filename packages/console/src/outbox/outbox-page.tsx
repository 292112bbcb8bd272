/** Outbox: every e-mail that is planned, leaves, left or was held back, and why. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { OUTBOX_STATES, type OutboxState, outboxQuery } from "../api/queries.ts";
import type { OutboxEmail } from "../api/types.ts";
import { ContactLink, OpenLink, useAddress } from "../parts/address.tsx";
import { Chip, When } from "../parts/basics.tsx";
import { commandOf, csvAddress } from "../parts/copy.ts";
import { Tabs } from "../parts/filters.tsx";
import { useHeldList } from "../parts/held-list.ts";
import { Page } from "../parts/page.tsx";
import { useRowKeys } from "../parts/row-keys.ts";
import { FreshPill } from "../parts/split.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { MailBrake } from "../shell/brake.tsx";
import { humanly, personWords } from "../words/names.ts";
import type { StateWords } from "../words/states.ts";
import { plural } from "../words/time.ts";

const STATES: Readonly<Record<OutboxState, StateWords & { readonly none: string }>> = {
  planned: { word: "planned", tone: "in", none: "Nothing is planned to leave." },
  sending: { word: "leaving", tone: "in", none: "Nothing is leaving just now." },
  sent: {
    word: "sent",
    tone: "good",
    none: "No mail yet. Until a mail server is set, nothing leaves this machine and all of it lands here.",
  },
  held: { word: "held back", tone: "dim", none: "Nothing was held back." },
  unknown: { word: "unknown", tone: "bad", none: "Of every e-mail it is known whether it left." },
};

const emailRow = (email: OutboxEmail) => <EmailRow email={email} />;
const rowHeight = () => 42;

export function OutboxPage() {
  const [search, change] = useAddress();
  const state = OUTBOX_STATES.find((one) => one === search.state) ?? "sent";
  const query = useInfiniteQuery(outboxQuery(state));
  const emails = useMemo(() => query.data?.pages.flatMap((page) => page.emails) ?? [], [query.data]);
  const { mail, counts } = query.data?.pages[0] ?? {};
  const held = useHeldList(emails, ({ id }) => id, state);
  const kind = state === "planned" ? "task" : "email";
  const selected = useRowKeys(held.rows.length, (index) => change({ open: `${kind}:${held.rows[index]?.id}` }), state);
  return (
    <Page
      title="Outbox"
      about={
        mail === undefined
          ? undefined
          : mail.isPaused
            ? "no mail leaves"
            : `mail leaves; ${plural(mail.waiting, "e-mail")} ${mail.waiting === 1 ? "waits" : "wait"}`
      }
      command={commandOf("emails outbox", { state })}
      csv={csvAddress("/api/outbox.csv", { state })}
    >
      {mail?.isPaused && (
        <div className="banner">
          <MailBrake />
        </div>
      )}
      <div className="filters">
        <Tabs
          label="State"
          name="state"
          tabs={OUTBOX_STATES.map((one) => ({
            value: one,
            words: STATES[one].word.charAt(0).toUpperCase() + STATES[one].word.slice(1),
            count: counts?.[one],
          }))}
          current={state}
          preset="sent"
        />
        {(state === "held" || state === "sent") && <span className="hint">counted over a day</span>}
        {held.fresh > 0 && <FreshPill fresh={held.fresh} onRelease={held.release} />}
      </div>
      <Answered query={query} rows={6}>
        {() =>
          held.rows.length === 0 ? (
            <Empty>{STATES[state].none}</Empty>
          ) : (
            <VirtualList
              rows={held.rows}
              keyOf={({ id }) => id}
              height={rowHeight}
              label="E-mails"
              pages={query}
              holders={held.holders}
              selected={selected}
            >
              {emailRow}
            </VirtualList>
          )
        }
      </Answered>
    </Page>
  );
}

function EmailRow({ email }: { readonly email: OutboxEmail }) {
  const { id, state, subject, recipient, template, who, contact, reason, notBefore, sentAt, createdAt } = email;
  const name = subject || (template === null ? "To someone whose data was erased" : `“${humanly(template)}”`);
  return (
    <p className="row line mail">
      <Chip tone={STATES[state].tone}>{STATES[state].word}</Chip>
      <span className="name cut">
        <OpenLink kind={state === "planned" ? "task" : "email"} id={id}>
          {name}
        </OpenLink>
      </span>
      <span className="about cut">
        {contact === null ? (
          recipient
        ) : (
          <ContactLink id={contact}>{personWords(who, recipient || "contact")}</ContactLink>
        )}
      </span>
      {reason !== null && <span className="about cut">{reason}</span>}
      <span className="spring" />
      <When at={sentAt ?? notBefore ?? createdAt} />
    </p>
  );
}
