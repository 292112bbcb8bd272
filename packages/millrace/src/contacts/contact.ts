/**
 * A contact as the log tells it. Every field here is the result of folding events, nothing else writes it,
 * so the whole table can be dropped and rebuilt from the log (see fold.ts).
 */
import type { PropertyValue } from "../events/define-event.ts";

export interface Contact {
  readonly id: string;
  /** What is known, by HubSpot's property names: email, firstname, company, jobtitle, lead_score … */
  readonly properties: Readonly<Record<string, PropertyValue>>;
  readonly facts: ContactFacts;
}

/** A value that a person's correction took the place of, and whose it was. */
export interface ReplacedValue {
  readonly value: PropertyValue;
  readonly owner?: string;
  readonly source?: ValueSource;
}

/** What happened to the contact so far, in the form conditions ask about it. All times are in milliseconds. */
export interface ContactFacts {
  readonly createdAt: number;
  /** Where the value of a property comes from. Properties a person or form gave are not listed: they are trusted. */
  readonly sources?: Readonly<Record<string, ValueSource>>;
  /**
   * Who set a property that a form, a scoring or an enrichment of ours leaves as it is: a person, the CRM, a system with
   * a key ("hubspot:7", "api"). Without an entry it came from a form or from us.
   */
  readonly owners?: Readonly<Record<string, string>>;
  /** What people put another value in the place of, as it was before, until they take that back. */
  readonly replaced?: Readonly<Record<string, ReplacedValue>>;
  /** The latest changes of the lead score, oldest first, for the days a band waits before it may fire again (R3). */
  readonly scores?: readonly ScoreChange[];
  readonly lists?: readonly string[];
  readonly optedOut?: { readonly at: number; readonly by: string };
  /** When a person lifted an opt-out last: what HubSpot shows from before is no new one. */
  readonly optOutLiftedAt?: number;
  readonly purchasedAt?: number;
  /** The latest purchases of which the product is known, oldest first. */
  readonly purchases?: readonly Purchase[];
  /** It turned out to be another contact, which has its names now. */
  readonly mergedInto?: string;
  readonly enrichedAt?: number;
  /** How many forms, and the last one's name. */
  readonly forms?: {
    readonly count: number;
    readonly last: string;
    readonly lastAt: number;
    /** When they last asked something in words of their own (the field `message`). */
    readonly askedAt?: number;
  };
  /** When their last form looked like spam; a proper one takes it back. */
  readonly spamAt?: number;
  /** E-mails sent so far, by template. */
  readonly emails?: Readonly<Record<string, number>>;
  /** When the latest e-mail left that answers something they did (transactional). */
  readonly answeredAt?: number;
  readonly engagement?: Engagement;
  /** When the latest prospecting e-mails left, oldest first. */
  readonly touches?: readonly number[];
  /** The sequence the contact is in. */
  readonly sequence?: SequencePlace;
  /** The address does not work: nothing is sent until it is another one. */
  readonly bounced?: { readonly at: number; readonly reason: string };
  /** Messages that mail servers gave up on after days of trying, since the address last worked or changed. */
  readonly givenUp?: number;
  /** They said no. `until` null: until they write again. */
  readonly declined?: { readonly at: number; readonly until: number | null; readonly kind: string };
  /** They said no and have sent a form since: what they replied before that keeps no one from writing. */
  readonly reopenedAt?: number;
  readonly meetingAt?: number;
  /** Everything else that was known was erased then; nothing is learnt any more. */
  readonly erasedAt?: number;
  /** Actions of HubSpot that are not answered yet: the callback by the position of the call. */
  readonly hubspotCalls?: Readonly<Record<string, string>>;
  /** Values the CRM did not take: a mark of each by the CRM's name of the property, so that none is reported twice. */
  readonly refusedByCrm?: Readonly<Record<string, string>>;
  /** An outreach e-mail that is written and has not left. */
  readonly draft?: {
    readonly template: string;
    readonly onceKey: string;
    readonly purpose: string;
    /** A person has to decide of it: the task that wrote it. */
    readonly waits?: number;
  };
}

export interface SequencePlace {
  readonly name: string;
  /** The last e-mail of it that left; 1 for the first. */
  readonly touch: number;
  /** When that was. */
  readonly at: number;
  /** Whether an opening of it would be seen. */
  readonly isTracked?: boolean;
  readonly pausedUntil?: number;
}

/** One thing a contact did with our e-mail. */
export interface EngagementMark {
  readonly at: number;
  readonly kind: "open" | "click" | "reply";
}

export interface Purchase {
  readonly at: number;
  readonly product: string;
  readonly amount?: number;
  readonly currency?: string;
}

export interface ScoreChange {
  readonly at: number;
  readonly from: number | null;
  readonly to: number | null;
}

export interface ValueSource {
  /** e.g. "agent:data_enricher". */
  readonly by: string;
  /** 0 to 1. */
  readonly confidence: number;
}

export interface Engagement {
  readonly opens: number;
  readonly clicks: number;
  readonly replies: number;
  readonly lastAt: number;
  /** The latest marks, oldest first: from them the decaying score is worked out. */
  readonly recent?: readonly EngagementMark[];
  /** Engagement was found low (cold_prospect) and nothing has happened since. */
  readonly isCold?: boolean;
  /** When engagement was last found high (hot_prospect). */
  readonly hotAt?: number;
}

/** A contact nothing is known of yet. */
export function newContact(id: string, at: number): Contact {
  return { id, properties: {}, facts: { createdAt: at } };
}

/** What is left of a contact whose data was erased. */
export function erasedContact({ id, facts }: Contact, at: number): Contact {
  return { id, properties: {}, facts: { createdAt: facts.createdAt, erasedAt: at } };
}

/** A property as text, trimmed; undefined when it is missing, empty or not text. */
export function textProperty(contact: Contact, name: string): string | undefined {
  const value = contact.properties[name];
  if (typeof value !== "string") return undefined;
  const trimmed = value.trim();
  return trimmed === "" ? undefined : trimmed;
}

/** A property as a finite number; numbers written as text count. */
export function numberProperty(contact: Contact, name: string): number | undefined {
  const value = contact.properties[name];
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}
