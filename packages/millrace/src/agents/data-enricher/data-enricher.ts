/**
 * The data enricher: completes a contact from what its form and its address tell (flow 4). Pure: it asks no one.
 * What a person or a form gave is never overwritten; its own earlier findings are, when they change.
 * The one that visits websites is visiting-enricher.ts.
 */
import { durationMs } from "../../base/clock.ts";
import type { HandlerContext, Outcome, PureHandler, TaskInput } from "../../tasks/handler.ts";
import { pureAgent } from "../agent.ts";
import { type ChainSettings, NAME, outcomeOf, skipped, withoutContact } from "./compile.ts";
import { addressOf, findingsOf } from "./findings.ts";

export interface DataEnricherOptions {
  /** How long an enrichment is good for; asked again within it, the enricher skips. Default 30 days. */
  readonly freshForMs?: number;
  /**
   * Which events of the chain are put into the log. "full": enrichment_started, data_compiled, contact_enriched,
   * enrichment_completed. "result": the third alone, a quarter of the events. A failed one is always told.
   */
  readonly chain?: "full" | "result";
}

/** What is asked without leaving the machine. */
export const OWN_SOURCES = ["form", "email_address", "phone"];

/**
 * The agent for `enrich_data`.
 * @example
 * const enricher = dataEnricher({ freshForMs: durationMs("90d"), chain: "result" });
 */
export function dataEnricher(options: DataEnricherOptions = {}): PureHandler {
  const settings = { freshForMs: options.freshForMs ?? durationMs("30d"), chain: options.chain ?? "full" };
  return pureAgent({
    name: NAME,
    kinds: ["enrich_data"],
    run: (tasks, context) => tasks.map((task) => enrich(task, context, settings)),
  });
}

function enrich(task: TaskInput, { now }: HandlerContext, settings: ChainSettings): Outcome {
  const { contact } = task;
  if (contact === undefined) return withoutContact(task);
  const address = addressOf(contact);
  const subject = { task, contact, address };
  const gathered = { sources: OWN_SOURCES, found: findingsOf(contact, address) };
  return skipped(subject, now, settings.freshForMs) ?? outcomeOf(subject, gathered, now, settings);
}
