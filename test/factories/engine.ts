/** The published test kit's engine, and a form to give it. */
import type { NewEvent } from "../../packages/millrace/src/events/event.ts";

export {
  type OpenTestEngine as TestEngine,
  openTestEngine as testEngine,
} from "../../packages/millrace/src/testing/test-engine.ts";

/** What makes a lead hot beside its address: each field counts in the built-in rubric. */
export const HOT_FIELDS = {
  company: "Bigcorp",
  jobtitle: "CTO",
  numberofemployees: 2500,
  industry: "Software",
  phone: "+15551234567",
  message: "We want to buy.",
};

/** A submitted form with the fields given; by default a lead of no particular worth. */
export function formSubmitted(fields: Record<string, string | number> = {}, form = "demo", id?: string): NewEvent {
  return {
    type: "form_submitted",
    source: `form:${form}`,
    id,
    data: { form, fields: { email: "ada@acme-systems.example", ...fields } },
  };
}
