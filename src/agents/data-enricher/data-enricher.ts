/**
 * The data enricher: completes a contact from what its form and its address tell (flow 4). Pure: it asks nobody.
 * What a person or a form gave is never overwritten; its own earlier findings are, when they change.
 */
import { durationMs } from "../../clock.ts";
import type { Contact } from "../../contacts/contact.ts";
import type { Json, NewEvent } from "../../events/event.ts";
import type { HandlerContext, Outcome, PureHandler, TaskInput } from "../../tasks/handler.ts";
import { pureAgent } from "../agent.ts";
import { type Address, addressOf, type Finding, findingsOf } from "./findings.ts";
import { isValue, type Quality, qualityOf } from "./quality.ts";

export interface DataEnricherOptions {
  /** How long an enrichment is good for; asked again within it, the enricher skips. Default 30 days. */
  readonly freshForMs?: number;
  /**
   * Which events of the chain are put into the log. "full": enrichment_started, data_compiled, contact_enriched,
   * enrichment_completed. "result": the third alone, a quarter of the events. A failed one is always told.
   */
  readonly chain?: "full" | "result";
}

type Settings = Required<DataEnricherOptions>;

const NAME = "data_enricher";
/** How the log names the enricher where it says whose a value is. */
const ACTOR = `agent:${NAME}`;
const DAY_MS = durationMs("1d");
const SOURCES = ["form", "email_address", "phone"];

/**
 * The agent for `enrich_data`.
 * @example
 * const enricher = dataEnricher({ freshForMs: durationMs("90d"), chain: "result" });
 */
export function dataEnricher(options: DataEnricherOptions = {}): PureHandler {
  const settings: Settings = { freshForMs: options.freshForMs ?? durationMs("30d"), chain: options.chain ?? "full" };
  return pureAgent({
    name: NAME,
    kinds: ["enrich_data"],
    run: (tasks, context) => tasks.map((task) => enrich(task, context, settings)),
  });
}

function enrich(task: TaskInput, { now }: HandlerContext, settings: Settings): Outcome {
  const { contact } = task;
  if (contact === undefined) {
    return {
      outcome: "failed",
      error: `Task ${task.kind} names no contact, so there is nothing to enrich.`,
      retry: "never",
    };
  }
  const address = addressOf(contact);
  const ageMs = now - (contact.facts.enrichedAt ?? Number.NEGATIVE_INFINITY);
  if (ageMs < settings.freshForMs && !hasMoved(contact, address)) {
    const days = Math.max(0, Math.floor(ageMs / DAY_MS));
    return { outcome: "completed", result: { skipped: `enriched ${days} ${days === 1 ? "day" : "days"} ago` } };
  }
  const found = findingsOf(contact, address);
  return found.some((finding) => finding.confidence > 0)
    ? enriched(task, contact, address, found, now, settings)
    : nothingFound(task, settings);
}

/** True when the address is another one than the earlier enrichment saw. */
function hasMoved(contact: Contact, address: Address | undefined): boolean {
  return isOurs(contact, "domain") && contact.properties.domain !== address?.domain;
}

function enriched(
  task: TaskInput,
  contact: Contact,
  address: Address | undefined,
  found: readonly Finding[],
  now: number,
  settings: Settings,
): Outcome {
  const news = found.filter((finding) => isWelcome(contact, finding));
  const { quality, reasons } = judged(contact, address, found);
  const result: NewEvent = {
    type: "contact_enriched",
    data: { quality, values: valuesOf(news), reasons, task: task.id },
  };
  const fields = found.map((finding) => finding.property);
  const events: readonly NewEvent[] =
    settings.chain === "result"
      ? [result]
      : [
          { type: "enrichment_started", data: { task: task.id, sources: SOURCES } },
          { type: "data_compiled", data: { fields } },
          result,
          { type: "enrichment_completed", data: { task: task.id, ms: Math.max(0, Math.round(now - task.createdAt)) } },
        ];
  return { outcome: "completed", result: { quality, new: news.map((finding) => finding.property) }, events };
}

function nothingFound(task: TaskInput, settings: Settings): Outcome {
  const error = "The contact has no valid e-mail address and nothing else that tells more about it.";
  const failed: NewEvent = { type: "enrichment_failed", data: { task: task.id, error } };
  const started: NewEvent = { type: "enrichment_started", data: { task: task.id, sources: SOURCES } };
  return {
    outcome: "completed",
    result: { found: 0, because: error },
    events: settings.chain === "result" ? [failed] : [started, failed],
  };
}

/** A finding may be written when the contact has no value there, or another one of ours. */
function isWelcome(contact: Contact, { property, value }: Finding): boolean {
  const known = contact.properties[property];
  return !isValue(known) || (known !== value && isOurs(contact, property));
}

function isOurs(contact: Contact, property: string): boolean {
  return contact.facts.sources?.[property]?.by === ACTOR;
}

function judged(contact: Contact, address: Address | undefined, found: readonly Finding[]): Quality {
  const isGiven = (property: string) => isValue(contact.properties[property]) && !isOurs(contact, property);
  const isFound = (property: string) =>
    found.some((finding) => finding.property === property && finding.confidence > 0);
  return qualityOf(address, (property) => isGiven(property) || isFound(property), isGiven);
}

function valuesOf(findings: readonly Finding[]): Json {
  const values: Record<string, Json> = {};
  for (const { property, value, confidence, source } of findings) values[property] = { value, confidence, source };
  return values;
}
