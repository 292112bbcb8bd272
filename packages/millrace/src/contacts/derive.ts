/**
 * The facts that follow from a fold by themselves: a contact seen for the first time, a score that is another now.
 * They are events of their own (R1: `lead_score_updated` says that the score changed, whoever changed it), so that
 * a threshold is judged in one place only.
 */
import type { ContactReference, Json, RecordedEvent } from "../events/event.ts";
import type { Contact } from "./contact.ts";
import { bandOf, defaultBands, isScore, type ScoreBands } from "./score-bands.ts";

export interface DerivedEvent {
  readonly type: "contact_created" | "lead_score_updated" | "data_quality_issue";
  readonly data: Json;
}

/**
 * @param name what the outside world calls a contact seen for the first time, where the event itself does not say it.
 * @param before undefined when the log has not told of the contact before.
 * @param bands the band a new score is said to be in.
 * @returns what follows, in order; usually nothing.
 */
export function derivedEvents(
  event: RecordedEvent,
  before: Contact | undefined,
  after: Contact,
  name: ContactReference = {},
  bands: ScoreBands = defaultBands,
): readonly DerivedEvent[] {
  const derived: DerivedEvent[] = [];
  if (before === undefined && event.type !== "contact_created") {
    derived.push({ type: "contact_created", data: { ...name, origin: event.type } });
  }
  const from = before?.properties.lead_score ?? null;
  const to = after.properties.lead_score ?? null;
  if (from !== to) derived.push(scoreChange(event, from, to, bands));
  return derived;
}

/** A score that is no number from 0 to 100 is a data quality issue and never a band (R2). */
function scoreChange(event: RecordedEvent, from: unknown, to: unknown, bands: ScoreBands): DerivedEvent {
  if (to === null || isScore(to)) {
    const band = bandOf(to, bands) ?? null;
    return { type: "lead_score_updated", data: { from: isScore(from) ? from : null, to, band, cause: event.type } };
  }
  return {
    type: "data_quality_issue",
    data: { issue: `lead_score is ${JSON.stringify(to)}, not a number from 0 to 100` },
  };
}
