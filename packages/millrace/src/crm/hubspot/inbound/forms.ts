/**
 * Forms sent at HubSpot, which tells of none: each is read from there and becomes `form_submitted`, once, with the form's
 * name and id, the page and the fields, so that flow 2 begins there as it does at the engine's own door. Read when a
 * webhook says that a form changed a contact, and every now and then for what no webhook said. Run by incoming.ts.
 */
import { z } from "zod";
import { sortForm } from "../../../contacts/form-fields.ts";
import type { Json } from "../../../events/event.ts";
import { type IncomingEvent, incomingEventOf } from "../../../intake/incoming-event.ts";
import { appendIncoming } from "../../../intake/ingest.ts";
import type { HubspotApi } from "../client/client.ts";
import type { Intake } from "./delivery.ts";
import { type Submission, submissionKey, submissionPage } from "./form-answers.ts";
import { readCursor, saveCursor, setAside } from "./incoming-rows.ts";
import { Reading, type ReadUpTo, unread } from "./reading.ts";

const FORMS_LOCK = 7_241_052;
const CURSOR = "forms";
/** A submission may show later than one sent after it. */
const OVERLAP_MS = 120_000;
/** Submissions in one answer; HubSpot gives no more. */
const PAGE_SIZE = "50";
/** A form made since is not known before; one that webhooks tell of is asked for at once. */
const FORMS_KNOWN_FOR_MS = 600_000;
interface HubspotForm {
  readonly id: string;
  readonly name: string;
}

export interface FormReaderOptions {
  readonly api: HubspotApi;
  /** 0: only when a webhook tells of a form. */
  readonly everyMs: number;
  readonly onTaken: (appended: number) => void;
  readonly onError: (error: unknown) => void;
}

const formsAnswer = z.object({
  results: z.array(z.object({ id: z.string(), name: z.string().default("") })),
  paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
});

export class FormReader {
  readonly #intake: Intake;
  readonly #options: FormReaderOptions;
  readonly reading: Reading;
  /** What this process took within the overlap, by key, with its time: a webhook's reading stops there. */
  readonly #seen = new Map<string, number>();
  #forms: { readonly all: readonly HubspotForm[]; readonly readAt: number } | undefined;

  constructor(intake: Intake, options: FormReaderOptions) {
    this.#intake = intake;
    this.#options = options;
    const read = async (isHinted: boolean) => {
      // A webhook announced a form and none of those known was sent: it is one made since.
      if ((await this.readNow(!isHinted)) === 0 && isHinted) this.#forms = undefined;
      if (this.#forms === undefined) await this.readNow();
    };
    this.reading = new Reading(intake, { name: CURSOR, lock: FORMS_LOCK, read, ...options });
  }

  /**
   * Takes what was sent since the last time. @returns how many. @throws MillraceError hubspot_failed.
   * @param isDeep also looks for those that show late, below a page of which everything is taken. Default true.
   */
  async readNow(isDeep = true): Promise<number> {
    const { db, clock } = this.#intake;
    const readAt = clock.now();
    const cursor = await readCursor<ReadUpTo>(db, CURSOR);
    // What was sent before this installation began is for the import, not for an answer.
    const from = cursor?.since ?? readAt;
    let since = from;
    let appended = 0;
    for (const form of await this.#knownForms(readAt)) {
      const sent = await this.#submissionsSince(form, from - OVERLAP_MS, isDeep);
      appended += await this.#take(form, sent, from);
      for (const submission of sent) this.#seen.set(submissionKey(form.id, submission), submission.submittedAt);
      since = Math.max(since, ...sent.map(({ submittedAt }) => submittedAt));
    }
    for (const [key, submittedAt] of this.#seen) if (submittedAt < since - OVERLAP_MS) this.#seen.delete(key);
    await saveCursor(db, CURSOR, { since, readAt } satisfies ReadUpTo);
    return appended;
  }

  async #knownForms(now: number): Promise<readonly HubspotForm[]> {
    if (this.#forms !== undefined && now - this.#forms.readAt < FORMS_KNOWN_FOR_MS) {
      return this.#forms.all;
    }
    const all: HubspotForm[] = [];
    for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
      const query = { limit: "100", ...(after === undefined ? {} : { after }) };
      const { results, paging } = formsAnswer.parse(await this.#ask(this.#options.api.paths.forms(), query));
      all.push(...results);
      after = paging?.next?.after;
    }
    this.#forms = { all, readAt: now };
    return all;
  }

  /** Those not seen yet: newest first, as HubSpot gives them, until one from before, or a page without a new one. */
  async #submissionsSince(form: HubspotForm, since: number, isDeep: boolean): Promise<readonly Submission[]> {
    const sent: Submission[] = [];
    let after: string | undefined;
    do {
      const query = { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) };
      const page = submissionPage(await this.#ask(this.#options.api.paths.formSubmissions(form.id), query));
      const fresh = page.submissions.filter(({ submittedAt }) => submittedAt >= since);
      const unseen = fresh.filter((submission) => !this.#seen.has(submissionKey(form.id, submission)));
      sent.push(...unseen);
      const isOver = fresh.length < page.submissions.length || (unseen.length === 0 && !isDeep);
      after = isOver ? undefined : page.after;
    } while (after !== undefined);
    // In the order in which they were sent.
    return sent.toReversed();
  }

  async #take(form: HubspotForm, sent: readonly Submission[], from: number): Promise<number> {
    const { db, wakeUps, clock } = this.#intake;
    const known = sent.map((submission) => ({ submission, arrival: this.#submissionOf(form, submission) }));
    // Within the overlap it was set aside the last time.
    const bad = known.filter(({ arrival, submission }) => arrival === undefined && submission.submittedAt > from);
    const error = `A submission of HubSpot's form "${form.name}" holds no single e-mail address.`;
    await setAside(
      db,
      bad.map(({ submission }) => ({ error, raw: JSON.stringify({ form, ...submission }) })),
      clock.now(),
    );
    const arrivals = known.flatMap(({ arrival }) => arrival ?? []);
    if (arrivals.length === 0) return 0;
    const recorded = await db.transaction((tx) => appendIncoming(tx, wakeUps, arrivals));
    const appended = recorded.filter(({ isDuplicate }) => !isDuplicate).length;
    wakeUps.local("events");
    if (appended > 0) this.#options.onTaken(appended);
    return appended;
  }

  #submissionOf(form: HubspotForm, submission: Submission): IncomingEvent | undefined {
    const { catalogue, clock, rules } = this.#intake;
    const raw: Record<string, Json> = {};
    for (const [name, value] of Object.entries(submission.fields)) raw[rules.ours[name] ?? name] = value;
    const visit = { hubspot_form_id: form.id, page_url: submission.pageUrl };
    const { fields, context, extra } = sortForm(raw, visit);
    if (fields.email === undefined) return undefined;
    const data = {
      form: (form.name.trim() || form.id).slice(0, 200).toWellFormed(),
      fields,
      context,
      ...(Object.keys(extra).length === 0 ? {} : { extra }),
    };
    const event = {
      type: "form_submitted" as const,
      data,
      source: "hubspot:forms",
      id: submissionKey(form.id, submission),
      occurredAt: submission.submittedAt,
      actor: "hubspot",
    };
    return incomingEventOf(event, catalogue, clock.now());
  }

  async #ask(path: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    const asked = { method: "GET", path, query, urgency: "normal", kind: "other", lists: "results" } as const;
    const answer = await this.#options.api.request(asked);
    if (answer.ok) return answer.body;
    throw unread(answer.failure, "submitted forms", "forms");
  }
}
