/**
 * The texts the engine sends by itself, in Liquid. `contact` holds the contact's properties; whatever may be missing
 * has a graceful form. The filters `person` and `name` let through what can be a name and give their argument
 * otherwise, so that a stranger cannot send somebody else a link by way of a form's name field.
 * Replace any of them by its name under `templates` in millrace.config.ts.
 */
import type { TemplateText } from "../templates.ts";

export const defaultTemplates = {
  thank_you: {
    subject: "Thank you for getting in touch",
    text: `Hi {{ contact.firstname | person: "there" }},

thank you for contacting us. We have received your message and will be back shortly.

The team`,
  },
  outreach: {
    subject: `{{ contact.company | name: "Your team" }} and us`,
    text: `Hi {{ contact.firstname | person: "there" }},

teams like {{ contact.company | name: "yours" }} use us to answer every inbound lead within minutes. Would you have
20 minutes this week to see what that could look like for you?

Best regards,
Sales`,
  },
  nurture_1: {
    subject: 'An idea for {{ contact.company | name: "your team" }}',
    text: `Hi {{ contact.firstname | person: "there" }},

many teams lose leads in the first hour. We have put together what the quickest ones do differently, and shall be
glad to send it to you: a short answer to this e-mail is enough.

Best regards,
The team`,
  },
  hot_lead: {
    subject: `Hot lead: {{ contact.firstname | person }} {{ contact.lastname | person }} ({{ contact.company | name: "company unknown" }})`,
    text: `{{ contact.jobtitle | default: "Job title unknown" }}, {{ contact.company | default: "company unknown" }}
Score: {{ contact.lead_score | default: "unknown" }}
E-mail: {{ contact.email | default: "unknown" }}
Phone: {{ contact.phone | default: "unknown" }}
{%- if contact.message %}
Message: {{ contact.message }}
{%- endif %}`,
  },
  human_review: {
    subject: `Please review: {{ contact.firstname | person }} {{ contact.lastname | person }} ({{ contact.company | name: "company unknown" }})`,
    text: `The score of this contact became hot: {{ contact.lead_score | default: "unknown" }}.
{{ contact.jobtitle | default: "Job title unknown" }}, {{ contact.company | default: "company unknown" }}
E-mail: {{ contact.email | default: "unknown" }}
Phone: {{ contact.phone | default: "unknown" }}`,
  },
} as const satisfies Readonly<Record<string, TemplateText>>;
