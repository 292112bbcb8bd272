/** The workflows that run unless the config says otherwise, each with its settings. */

import type { Duration } from "../clock.ts";
import { checkedBands, defaultBands, type ScoreBands } from "../contacts/score-bands.ts";
import type { Workflow } from "../workflows/workflow.ts";
import { contactLifecycle } from "./contact-lifecycle.ts";
import { enrichmentChain } from "./enrichment.ts";
import { formCascade } from "./form-cascade.ts";
import { taskStates } from "./task-states.ts";

export interface PackSettings {
  /** Where scores become hot, qualified and nurture. Default above 85, above 70, from 40. */
  readonly bands?: ScoreBands;
  /** A band fires again for a contact only after this. Default 30d. */
  readonly rearmAfter?: Duration;
  /** A thank-you older than this is not sent any more. Default 60m. */
  readonly thankYouStaleAfter?: Duration;
  /** A hot alert older than this is not raised any more. Default 24h. */
  readonly alertStaleAfter?: Duration;
  /** Where the quality of data becomes high and medium, 0 to 10. Default from 8, from 5. */
  readonly enrichmentQuality?: { readonly highFrom: number; readonly mediumFrom: number };
}

export function defaultPack(settings: PackSettings = {}): Workflow[] {
  const bands = checkedBands(settings.bands ?? defaultBands);
  const rearmAfter = settings.rearmAfter ?? "30d";
  return [
    contactLifecycle({ bands, rearmAfter }),
    formCascade({
      bands,
      rearmAfter,
      thankYouStaleAfter: settings.thankYouStaleAfter ?? "60m",
      alertStaleAfter: settings.alertStaleAfter ?? "24h",
    }),
    taskStates(),
    enrichmentChain(settings.enrichmentQuality ?? { highFrom: 8, mediumFrom: 5 }),
  ];
}
