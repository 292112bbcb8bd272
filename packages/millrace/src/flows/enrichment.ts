/** Flow 4, its second half: what the quality of the data leads to. High [8, 10], medium [5, 8), low [0, 5). */
import type { EventOf } from "../events/event.ts";
import { when } from "../workflows/condition.ts";
import { alt, branch, emit, on, otherwise, task, workflow } from "../workflows/workflow.ts";

export interface EnrichmentSettings {
  /** Quality from which data counts as high. Default 8. */
  readonly highFrom: number;
  /** Quality from which data counts as medium; below it is low. Default 5. */
  readonly mediumFrom: number;
}

type Enriched = EventOf<"contact_enriched">;

export function enrichmentChain(settings: EnrichmentSettings) {
  const isHigh = when<"contact_enriched">(
    `quality ≥ ${settings.highFrom}`,
    ({ event }) => event.data.quality >= settings.highFrom,
  );
  const isMedium = when<"contact_enriched">(
    `quality ≥ ${settings.mediumFrom}`,
    ({ event }) => event.data.quality >= settings.mediumFrom,
  );
  return workflow(
    "enrichment_chain",
    { source: "flow 4", about: "Good data is scored again, poor data goes to a person." },
    [
      on(
        "contact_enriched",
        alt(
          branch(
            "high",
            isHigh,
            task("qualify_lead_high_value"),
            emit<"high_value_lead_detected", Enriched>("high_value_lead_detected", ({ event }) => ({
              basis: "data_quality",
              quality: event.data.quality,
            })),
          ),
          branch("medium", isMedium, task("qualify_lead", { priority: "MEDIUM", dueIn: "10m" })),
          otherwise(
            task("manual_data_review"),
            emit<"data_quality_issue", Enriched>("data_quality_issue", ({ event }) => ({
              issue: "the enrichment found too little",
              quality: event.data.quality,
            })),
          ),
        ),
      ),
    ],
  );
}
