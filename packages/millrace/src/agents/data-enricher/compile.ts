/**
 * What both enrichers share (flow 4): who is skipped, what of the findings may be written, how good the data is now,
 * and which events tell of it, in their order.
 */
import { durationMs } from "../../base/clock.ts";
import type { Contact } from "../../contacts/contact.ts";
import type { Json, NewEvent } from "../../events/event.ts";
import type { AlertRecord, Completed, Outcome, TaskInput } from "../../tasks/handler.ts";
import type { Address, Finding } from "./findings.ts";
import { isValue, type Quality, qualityOf } from "./quality.ts";

export const NAME = "data_enricher";
/** How the log names the enricher where it says whose a value is. */
const ACTOR = `agent:${NAME}`;
const DAY_MS = durationMs("1d");

export interface ChainSettings {
  readonly freshForMs: number;
  readonly chain: "full" | "result";
}

/** What the sources gave. */
export interface Gathered {
  readonly sources: readonly string[];
  readonly found: readonly Finding[];
  /** What happened on the way, told between the start and the compiled data. */
  readonly steps?: readonly NewEvent[];
  /** Calls of tools: told whatever `chain` says. */
  readonly calls?: readonly NewEvent[];
  /** Sentences about the sources, for the reasons of the quality. */
  readonly notes?: readonly string[];
  /** The start was told when it happened. */
  readonly isStarted?: boolean;
  /** Values of a model that rest on nothing it was shown. */
  readonly ungrounded?: number;
  readonly alerts?: readonly AlertRecord[];
}

export interface Enrichable {
  readonly task: TaskInput;
  readonly contact: Contact;
  readonly address: Address | undefined;
}

export function withoutContact(task: TaskInput): Outcome {
  return {
    outcome: "failed",
    error: `Task ${task.kind} names no contact, so there is nothing to enrich.`,
    retry: "never",
  };
}

/** The outcome for a contact whose enrichment is still good; undefined when it is to be enriched. */
export function skipped({ contact, address }: Enrichable, now: number, freshForMs: number): Completed | undefined {
  const ageMs = now - (contact.facts.enrichedAt ?? Number.NEGATIVE_INFINITY);
  if (ageMs >= freshForMs || hasMoved(contact, address)) return undefined;
  const days = Math.max(0, Math.floor(ageMs / DAY_MS));
  return { outcome: "completed", result: { skipped: `enriched ${days} ${days === 1 ? "day" : "days"} ago` } };
}

/** The outcome of an enrichment; one in which nothing was found is told as a failed one. */
export function outcomeOf(subject: Enrichable, gathered: Gathered, now: number, settings: ChainSettings): Completed {
  const found = surest(gathered.found);
  return found.some((finding) => finding.confidence > 0)
    ? enriched(subject, found, gathered, now, settings)
    : nothingFound(subject.task, gathered, settings);
}

/** True when the enricher itself wrote the property, so that it may write it again. */
export function isOurs(contact: Contact, property: string): boolean {
  return contact.facts.sources?.[property]?.by === ACTOR;
}

/** Of two findings for one property the surer one; of equals the first. In the order they were found. */
function surest(found: readonly Finding[]): readonly Finding[] {
  const best = new Map<string, Finding>();
  for (const finding of found) {
    const known = best.get(finding.property);
    if (known === undefined || finding.confidence > known.confidence) best.set(finding.property, finding);
  }
  return [...best.values()];
}

function enriched(
  { task, contact, address }: Enrichable,
  found: readonly Finding[],
  gathered: Gathered,
  now: number,
  settings: ChainSettings,
): Completed {
  const isMoved = hasMoved(contact, address);
  const news = found.filter((finding) => isWelcome(contact, finding, isMoved));
  const { quality, reasons } = judged(contact, address, found);
  const result: NewEvent = {
    type: "contact_enriched",
    data: {
      quality,
      values: valuesOf(news),
      reasons: [...reasons, ...(gathered.notes ?? [])],
      task: task.id,
      ...(gathered.ungrounded !== undefined && { ungrounded: gathered.ungrounded }),
    },
  };
  const calls = gathered.calls ?? [];
  const events: readonly NewEvent[] =
    settings.chain === "result"
      ? [...calls, result]
      : [
          ...startOf(task, gathered),
          ...calls,
          ...(gathered.steps ?? []),
          { type: "data_compiled", data: { fields: found.map((finding) => finding.property) } },
          result,
          { type: "enrichment_completed", data: { task: task.id, ms: Math.max(0, Math.round(now - task.createdAt)) } },
        ];
  const notes = gathered.notes?.length ? { notes: gathered.notes } : {};
  const properties = news.map((finding) => finding.property);
  return { outcome: "completed", result: { quality, new: properties, ...notes }, events, ...alertsOf(gathered) };
}

function startOf(task: TaskInput, { isStarted, sources }: Gathered): readonly NewEvent[] {
  return isStarted ? [] : [startedEvent(task, sources)];
}

export function startedEvent({ id }: TaskInput, sources: readonly string[]): NewEvent {
  return { type: "enrichment_started", data: { task: id, sources } };
}

function alertsOf({ alerts = [] }: Gathered): Pick<Completed, "alerts"> {
  return alerts.length === 0 ? {} : { alerts };
}

function nothingFound(task: TaskInput, gathered: Gathered, settings: ChainSettings): Completed {
  const nothing = "The contact has no valid e-mail address and nothing else that tells more about it.";
  const error = [nothing, ...(gathered.notes ?? [])].join(" ").slice(0, 2_000);
  const failed: NewEvent = { type: "enrichment_failed", data: { task: task.id, error } };
  const calls = gathered.calls ?? [];
  return {
    outcome: "completed",
    result: { found: 0, because: error },
    events:
      settings.chain === "result"
        ? [...calls, failed]
        : [...startOf(task, gathered), ...calls, ...(gathered.steps ?? []), failed],
    ...alertsOf(gathered),
  };
}

/** True when the address is another one than the earlier enrichment saw. */
function hasMoved(contact: Contact, address: Address | undefined): boolean {
  return isOurs(contact, "domain") && contact.properties.domain !== address?.domain;
}

/**
 * A finding may be written when the contact has no value there, or another one of ours that was no surer: what a
 * website once told is not replaced by a guess because the site is down today.
 */
function isWelcome(contact: Contact, { property, value, confidence }: Finding, isMoved: boolean): boolean {
  const known = contact.properties[property];
  if (!isValue(known)) return true;
  if (known === value || !isOurs(contact, property)) return false;
  return isMoved || confidence >= (contact.facts.sources?.[property]?.confidence ?? 0);
}

function judged(contact: Contact, address: Address | undefined, found: readonly Finding[]): Quality {
  const byProperty = new Map(found.filter(({ confidence }) => confidence > 0).map((item) => [item.property, item]));
  const isGiven = (property: string) => isValue(contact.properties[property]) && !isOurs(contact, property);
  const isRead = (property: string) => {
    const source = byProperty.get(property)?.source ?? "";
    const isKept = isOurs(contact, property) && (contact.facts.sources?.[property]?.confidence ?? 0) >= 0.7;
    return source.startsWith("website:") || source.startsWith("profile:") || isKept;
  };
  return qualityOf(address, {
    isGiven,
    isRead,
    isKnown: (property) => isGiven(property) || isRead(property) || byProperty.has(property),
  });
}

function valuesOf(findings: readonly Finding[]): Json {
  const values: Record<string, Json> = {};
  for (const { property, value, confidence, source, url, words } of findings) {
    // Written out: what rest properties make is slower to read and to write, and this is done for every lead.
    values[property] = {
      value,
      confidence,
      source,
      ...(url !== undefined && { url }),
      ...(words !== undefined && { words }),
    };
  }
  return values;
}
