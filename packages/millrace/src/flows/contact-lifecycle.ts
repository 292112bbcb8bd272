/** Flow 1: a new contact is enriched and assessed; a changed one is judged by what changed. */
import type { Duration } from "../base/clock.ts";
import type { ScoreBands } from "../contacts/score-bands.ts";
import { bandRanges, entered, not, when } from "../workflows/condition.ts";
import { alt, branch, on, opt, otherwise, stop, task, workflow } from "../workflows/workflow.ts";
import { hasSentForm } from "./form-cascade.ts";
import { cameAsSpam, type FormSettings } from "./form-policies.ts";

export interface ContactLifecycleSettings {
  readonly bands: ScoreBands;
  readonly forms: FormSettings;
  readonly rearmAfter: Duration;
}

/** Properties a change of which says something about the lead's worth. */
const DATA_PROPERTIES = ["company", "jobtitle", "industry", "numberofemployees", "employees", "country", "website"];

const cameByForm = when<"contact_created">("came by a form", ({ event }) => event.data.origin === "form_submitted");
const dataChanged = when<"contact_updated">("data was completed by somebody else", ({ event }) =>
  Object.keys(event.data.changes).some((name) => DATA_PROPERTIES.includes(name)),
);

export function contactLifecycle(settings: ContactLifecycleSettings) {
  const bands = bandRanges(settings.bands);
  const rearm = { rearmAfter: settings.rearmAfter };
  return workflow(
    "contact_lifecycle",
    { source: "flow 1", about: "New contacts are enriched and assessed, changed ones judged again." },
    [
      on(
        "contact_created",
        alt(
          branch("spam", cameAsSpam(settings.forms), stop("spam: nobody looks into it")),
          otherwise(
            // R5: the form asks for an enrichment too; both requests become one task.
            task("enrich_data"),
            opt("no form", not(cameByForm), task("initial_assessment")),
          ),
        ),
      ),
      on("contact_updated", opt("data", dataChanged, task("requalify_lead"))),
      on(
        "lead_score_updated",
        alt(
          branch("form lead", hasSentForm, stop("the workflow form_cascade decides for leads that came by a form")),
          branch("hot", entered(bands.hot, rearm), task("human_review")),
          branch("qualified", entered(bands.qualified, rearm), task("send_outreach")),
          otherwise(stop("the score stayed in its band, or the band fired not long ago")),
        ),
      ),
    ],
  );
}
