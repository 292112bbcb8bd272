/**
 * An e-mail two days after a form, unless they have written back by then. All that a millrace.config.ts needs for it; docs/how-to/follow-up.md
 * says what each part is for.
 */
import { email, event, on, opt, schedule, unschedule, when, workflow } from "millrace";
import { z } from "zod";

declare module "millrace" {
  interface EventTypes {
    follow_up_due: { form: string };
  }
}

/** What the timer states when it fires. A fact like any other, so `millrace events why` explains the e-mail by it. */
const follow_up_due = event({
  about: "Two days have gone since a form, and nobody wrote back.",
  data: z.strictObject({ form: z.string() }),
});

const isPricing = when<"form_submitted">("is the pricing form", ({ event }) => event.data.form === "pricing");
const hasWritten = when<"email_engagement">("they wrote", ({ event }) => event.data.engagement === "replied");

const followUp = workflow("follow_up", { about: "Who asked for prices hears from us once more." }, [
  on(
    "form_submitted",
    opt("pricing", isPricing, schedule("follow_up_due", { after: "2d", key: "follow_up", data: { form: "pricing" } })),
  ),
  on("email_engagement", opt("written", hasWritten, unschedule("follow_up"))),
  on("follow_up_due", email("pricing_follow_up", { once: "contact", purpose: "outreach" })),
]);

export default {
  events: { follow_up_due },
  workflows: [followUp],
  templates: {
    pricing_follow_up: {
      subject: "Your question about prices",
      text: "Hi {{ contact.firstname | person: 'there' }},\n\ndid you find what you were looking for? A short answer is enough.\n\nBest regards,\nSales",
    },
  },
};
