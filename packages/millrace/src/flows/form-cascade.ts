/**
 * Flow 2: a form becomes a thanked, scored, enriched and answered lead.
 * Promise: from the submission to the alert for a hot lead in under 5 minutes; built for under a second.
 */
import type { Duration } from "../base/clock.ts";
import type { ScoreBands } from "../contacts/score-bands.ts";
import type { EventOf } from "../events/event.ts";
import { bandRanges, entered, when } from "../workflows/condition.ts";
import {
  addToList,
  alert,
  alt,
  branch,
  email,
  emit,
  on,
  opt,
  otherwise,
  par,
  type Step,
  stop,
  task,
  workflow,
} from "../workflows/workflow.ts";
import { type FormPolicy, type FormSettings, isReadingForm, looksLikeSpam } from "./form-policies.ts";
import { comesInto, LOW_LIST } from "./score-bands.ts";

export interface FormCascadeSettings {
  readonly bands: ScoreBands;
  readonly forms: FormSettings;
  /** A band fires again for a contact only after this. Default 30d (R3). */
  readonly rearmAfter: Duration;
  /** A thank-you older than this is not sent any more. Default 60m (R10). */
  readonly thankYouStaleAfter: Duration;
  /** A hot alert older than this is not raised any more. Default 24h (R10). */
  readonly alertStaleAfter: Duration;
}

export const hasSentForm = when<"lead_score_updated">(
  "came by a form",
  ({ after }) => after?.facts.forms !== undefined,
);
const hadOptedOut = when<"form_submitted">(
  "had opted out before",
  ({ before }) => before?.facts.optedOut !== undefined,
);

export function formCascade(settings: FormCascadeSettings) {
  const bands = bandRanges(settings.bands);
  const rearm = { rearmAfter: settings.rearmAfter };
  const receive = (policy: FormPolicy): Step<EventOf<"form_submitted">> =>
    par(
      email("thank_you", { once: "submission", staleAfter: settings.thankYouStaleAfter }),
      task("qualify_lead", policy.qualify),
      task("enrich_data", policy.enrich),
    );
  return workflow(
    "form_cascade",
    { source: "flow 2", about: "A form becomes a thanked, scored, enriched and answered lead." },
    [
      on(
        "form_submitted",
        alt(
          branch(
            "spam",
            looksLikeSpam(settings.forms),
            emit<"spam_noted", EventOf<"form_submitted">>("spam_noted", ({ event }) => ({ form: event.data.form })),
            stop("spam: nothing is sent and no one is asked"),
          ),
          branch("reading", isReadingForm(settings.forms), receive(settings.forms.reading)),
          otherwise(receive(settings.forms.sales), opt("had opted out", hadOptedOut, asksPerson())),
        ),
      ),
      on(
        "lead_score_updated",
        opt(
          "form lead",
          hasSentForm,
          alt(
            branch(
              "hot",
              entered(bands.hot, rearm),
              alert("sales", "hot_lead", { staleAfter: settings.alertStaleAfter }),
              task("hot_lead_review"),
            ),
            branch("qualified", entered(bands.qualified, rearm), task("send_outreach")),
            branch("nurture", entered(bands.nurture, rearm), task("nurture_sequence")),
            branch("low", comesInto(bands.low), addToList(LOW_LIST)),
            otherwise(stop("the score stayed in its band, or the band fired not long ago")),
          ),
        ),
      ),
    ],
  );
}

/** Nothing but the answer to this form is written to them by the engine: a person takes it from here. */
function asksPerson(): Step<EventOf<"form_submitted">> {
  return task<EventOf<"form_submitted">>("handle_inquiry", {
    payload: ({ event }) => ({
      reason: "They had opted out, and now ask for something by a form. No other e-mail leaves by itself: answer them.",
      text: String(event.data.fields.message ?? "").slice(0, 2_000),
      form: event.data.form,
    }),
  });
}
