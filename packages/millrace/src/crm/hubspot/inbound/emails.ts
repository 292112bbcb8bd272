/**
 * E-mails that HubSpot logs: answers that came into an inbox connected to it become `email_engagement`, once, as if they
 * had come into ours; so do openings, clicks and bounces of those its own users sent. Read when a webhook announces a new
 * e-mail record, and every now and then. What we logged there ourselves says nothing new. Run by incoming.ts.
 */
import { domainOf, parseEmailAddress } from "../../../base/email-address.ts";
import { isAnsweredElsewhere } from "../../../email/inbound/answered-elsewhere.ts";
import { textOfHtml } from "../../../email/inbound/html-text.ts";
import { sentTo } from "../../../email/inbound/known-mail.ts";
import { ownWords } from "../../../email/inbound/own-words.ts";
import { readStatus } from "../../../email/inbound/status-codes.ts";
import type { NewEvent } from "../../../events/event.ts";
import { isNotThere } from "../client/answer.ts";
import type { HubspotApi } from "../client/client.ts";
import { ACTIVITY_KEY } from "../outbound/activities.ts";
import type { Intake } from "./delivery.ts";
import { type Engagement, SOURCE, takeEngagements } from "./engagements.ts";
import { loadKnown, loadOthers, readCursor, saveCursor, waitingAmong } from "./incoming-rows.ts";
import type { TheirContact } from "./newcomer.ts";
import { searchChanged } from "./read-contacts.ts";
import { Reading, type ReadUpTo, unread } from "./reading.ts";

const LOCK = 7_241_053;
const PLACE = "emails";
/** HubSpot's index is late by seconds. */
const OVERLAP_MS = 120_000;
/** A search gives no more than 10,000. */
const MAX_OF_A_SEARCH = 9_800;
/** So long an e-mail waits for its contact to come in. */
const TIMEOUT_MS = 900_000;
const MAX_REPLY_LENGTH = 65_536;

const PROPERTIES = [
  "hs_email_direction",
  "hs_email_status",
  "hs_email_subject",
  "hs_email_text",
  "hs_email_html",
  "hs_email_from_email",
  "hs_email_to_email",
  "hs_email_message_id",
  "hs_email_open_count",
  "hs_email_click_count",
  "hs_email_bounce_error_detail_message",
  "hs_timestamp",
  "hs_lastmodifieddate",
  ACTIVITY_KEY,
];

/** A contact an e-mail record may be about. */
interface Party {
  readonly contact: string;
  readonly hubspotId: string;
}

export interface EmailReaderOptions {
  readonly api: HubspotApi;
  /** 0: never, not even when a webhook announces one. */
  readonly everyMs: number;
  readonly onTaken: (appended: number) => void;
  readonly onError: (error: unknown) => void;
}

export class EmailReader {
  readonly #intake: Intake;
  readonly #options: EmailReaderOptions;
  readonly reading: Reading;

  constructor(intake: Intake, options: EmailReaderOptions) {
    this.#intake = intake;
    this.#options = options;
    this.reading = new Reading(intake, { name: PLACE, lock: LOCK, read: () => this.readNow(), ...options });
  }

  /** A webhook announced an e-mail record. */
  trigger(): void {
    if (this.#options.everyMs > 0) this.reading.trigger();
  }

  /** Takes what was logged or has changed since the last time. @returns how many events that gave. @throws MillraceError hubspot_failed. */
  async readNow(): Promise<number> {
    const { db, clock } = this.#intake;
    const readAt = clock.now();
    const from = (await readCursor<ReadUpTo>(db, PLACE))?.since ?? readAt;
    let [since, held] = [from, Number.POSITIVE_INFINITY];
    let [searched, seen, appended] = [from - OVERLAP_MS, 0, 0];
    for (let after: string | undefined, isOver = false; !isOver; ) {
      const wish = { type: "emails", since: searched, properties: PROPERTIES, after } as const;
      const page = await searchChanged(this.#options.api, { ...wish, urgency: "normal" });
      if ("kind" in page) throw unread(page, "logged e-mails", "sales-email-read");
      const taken = await this.#take(page.records, readAt);
      appended += taken.appended;
      held = Math.min(held, taken.heldFrom);
      since = Math.max(since, ...page.records.map(({ updatedAt }) => updatedAt));
      seen += page.records.length;
      after = page.after;
      isOver = after === undefined;
      if (!isOver && seen >= MAX_OF_A_SEARCH) {
        searched = Math.max(since, searched + 1);
        after = undefined;
        seen = 0;
      }
    }
    await saveCursor(db, PLACE, { since: Math.min(since, held), readAt } satisfies ReadUpTo);
    if (appended > 0) this.#options.onTaken(appended);
    return appended;
  }

  async #take(records: readonly TheirContact[], now: number): Promise<{ appended: number; heldFrom: number }> {
    const theirs = records.filter(({ properties }) => (properties[ACTIVITY_KEY] ?? "") === "");
    const parties = await this.#partiesOf(theirs);
    const waiting = await this.#waitingOf(theirs, parties, now);
    const heldFrom = Math.min(Number.POSITIVE_INFINITY, ...waiting.map(({ updatedAt }) => updatedAt));
    const engagements: Engagement[] = [];
    for (const record of theirs) {
      const party = parties.get(record.id)?.known;
      if (party === undefined) continue;
      const isIncoming = record.properties.hs_email_direction === "INCOMING_EMAIL";
      if (!isIncoming) engagements.push(...engagementsOf(record, party));
      else engagements.push(...(await this.#replyOf(record, party)));
    }
    return { appended: await takeEngagements(this.#intake, engagements), heldFrom };
  }

  async #replyOf(record: TheirContact, party: Party): Promise<Engagement[]> {
    const { properties } = record;
    const { db } = this.#intake;
    const html = properties.hs_email_html ?? "";
    const whole = (properties.hs_email_text ?? "") || textOfHtml(html);
    const sent = await sentTo(db, party.contact);
    const { text } = ownWords(
      whole,
      sent.map(({ body }) => body),
    );
    const at = momentOf(record);
    const mailId = properties.hs_email_message_id?.slice(0, 500) || undefined;
    if (await isAnsweredElsewhere(db, { contact: party.contact, mailId, text, at, source: SOURCE, mayBeBlind: true }))
      return [];
    const subject = (properties.hs_email_subject ?? "").slice(0, 500).toWellFormed();
    const data = {
      engagement: "replied",
      subject,
      text: fit(text),
      knownBy: "address",
      ...(mailId && { mailId: fit(mailId) }),
    };
    return [{ key: record.id, contact: party.contact, occurredAt: at, data }];
  }

  /** Which contact each e-mail is of: the one whose address wrote or got it, else the only one it stands at in HubSpot. */
  async #partiesOf(
    records: readonly TheirContact[],
  ): Promise<ReadonlyMap<string, { known: Party | undefined; at: readonly string[] }>> {
    const associated = await this.#contactsAt(records.map(({ id }) => id));
    const known = await loadKnown(this.#intake.db, [...new Set([...associated.values()].flat())]);
    const others = await loadOthers(
      this.#intake.db,
      records.map((record) => ({ ...record, properties: { email: otherSide(record) ?? null } })),
    );
    return new Map(
      records.map((record) => {
        const at = associated.get(record.id) ?? [];
        const byAddress = others.get(record.id);
        const among = at.flatMap((id) => known.get(id) ?? []);
        const [only] = among.length === 1 && at.length === 1 ? among : [];
        const isColleague = byAddress === undefined && !writesFor(record, only?.properties.email);
        return [record.id, { known: byAddress ?? (isColleague ? undefined : only), at }];
      }),
    );
  }

  async #contactsAt(ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    if (ids.length === 0) return new Map();
    const { api } = this.#options;
    const answer = await api.request({
      method: "POST",
      path: api.paths.readAssociations("emails", "contacts"),
      body: { inputs: ids.map((id) => ({ id })) },
      urgency: "normal",
      kind: "other",
      isRepeatable: true,
      lists: "results",
    });
    // None of them stands at a contact: some accounts answer 404 for the whole call.
    if (!answer.ok && isNotThere(answer.failure)) return new Map();
    if (!answer.ok) throw unread(answer.failure, "the contacts of logged e-mails", "crm.objects.contacts.read");
    const { results } = answer.body as { results: readonly AssociationsOf[] };
    return new Map(results.map(({ from, to }) => [String(from.id), to.map(({ toObjectId }) => String(toObjectId))]));
  }

  /** Those whose contact is on its way in: they are looked at again. */
  async #waitingOf(
    records: readonly TheirContact[],
    parties: ReadonlyMap<string, { known: Party | undefined; at: readonly string[] }>,
    now: number,
  ): Promise<readonly TheirContact[]> {
    const unknown = records.filter(({ id }) => parties.get(id)?.known === undefined);
    const waiting = await waitingAmong(
      this.#intake.db,
      unknown.flatMap(({ id }) => parties.get(id)?.at ?? []),
    );
    return unknown.filter(
      ({ id, updatedAt }) =>
        now - updatedAt < TIMEOUT_MS && (parties.get(id)?.at ?? []).some((contact) => waiting.has(contact)),
    );
  }
}

interface AssociationsOf {
  readonly from: { readonly id: string | number };
  readonly to: readonly { readonly toObjectId: string | number }[];
}

/** The address at the other end: who wrote what came in, who got what left. */
function otherSide({ properties }: TheirContact): string | undefined {
  const isIncoming = properties.hs_email_direction === "INCOMING_EMAIL";
  const [address = ""] = ((isIncoming ? properties.hs_email_from_email : properties.hs_email_to_email) ?? "").split(
    ";",
  );
  return parseEmailAddress(address);
}

/** Another address of the same house may answer for them; what one of our own people wrote is logged as outgoing. */
function writesFor(record: TheirContact, address: unknown): boolean {
  const author = otherSide(record);
  if (author === undefined) return true;
  return typeof address === "string" && domainOf(address) === domainOf(author);
}

/** What became of an e-mail that one of HubSpot's users sent. Each count is one fact, however often it is read. */
function engagementsOf(record: TheirContact, { contact }: Party): Engagement[] {
  const { properties, id, updatedAt } = record;
  const counted = (engagement: "opened" | "clicked", count: string | null | undefined): Engagement[] =>
    Number(count) > 0
      ? [{ key: `${id}:${engagement}:${count}`, contact, occurredAt: updatedAt, data: { engagement } }]
      : [];
  return [
    ...counted("opened", properties.hs_email_open_count),
    ...counted("clicked", properties.hs_email_click_count),
    ...(properties.hs_email_status === "BOUNCED" ? [bounceOf(record, contact)] : []),
  ];
}

function bounceOf({ id, properties, updatedAt }: TheirContact, contact: string): Engagement {
  const said = fit(properties.hs_email_bounce_error_detail_message ?? "").slice(0, 500);
  const status = readStatus(undefined, said);
  const data: NewEvent["data"] = {
    engagement: "bounced",
    hard: status?.isHard ?? false,
    ...(status === undefined ? {} : { meaning: status.meaning }),
    reason: said || "HubSpot: the e-mail bounced",
  };
  return { key: `${id}:bounced`, contact, occurredAt: updatedAt, data };
}

function momentOf({ properties, updatedAt }: TheirContact): number {
  const at = Date.parse(properties.hs_timestamp ?? "");
  return Number.isFinite(at) ? Math.min(at, updatedAt) : updatedAt;
}

function fit(text: string): string {
  return text.replaceAll("\u0000", "").slice(0, MAX_REPLY_LENGTH).toWellFormed();
}
