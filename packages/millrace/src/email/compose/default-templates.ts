/**
 * The texts the engine sends by itself, in Liquid. `contact` holds the contact's properties; whatever may be missing
 * has a graceful form. The filters `person` and `name` let through what can be a name and give their argument
 * otherwise, so that a stranger cannot send someone else a link by way of a form's name field.
 * Replace any of them by its name under `templates` in millrace.config.ts.
 */
import type { TemplateText } from "./templates.ts";

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
  outreach_2: {
    subject: "",
    text: `Hi {{ contact.firstname | person: "there" }},

one thing that may be of use whether we talk or not: teams that answer within five minutes are the ones that get the
meeting. We have written down how they do it, step by step, and I am glad to send it to you.

Best regards,
Sales`,
  },
  outreach_3: {
    subject: "",
    text: `Hi {{ contact.firstname | person: "there" }},

a short example: a team of {{ contact.company | name: "your size" }}'s kind answered its leads the next day. Now each of them is
scored, routed and answered before the form's thank-you page has loaded. If that is a subject for you, tell me a day.

Best regards,
Sales`,
  },
  outreach_4: {
    subject: "",
    text: `Hi {{ contact.firstname | person: "there" }},

I do not want to fill your inbox, so this is my last e-mail. Should the subject come up, a short answer is enough and I am there.

All the best,
Sales`,
  },
  positive_follow_up: {
    subject: "Good to hear from you",
    text: `Hi {{ contact.firstname | person: "there" }},

thank you for your answer. A colleague of mine writes to you to agree on a time.

Best regards,
Sales`,
  },
  nurture_2: {
    subject: "Two weeks later",
    text: `Hi {{ contact.firstname | person: "there" }},

two weeks ago we offered you what the quickest teams do differently. The offer stands: a short answer is enough.

Best regards,
The team`,
  },
  positive_reply: {
    subject: `They said yes: {{ contact.firstname | person }} {{ contact.lastname | person }} ({{ contact.company | name: "company unknown" }})`,
    text: `{{ contact.jobtitle | default: "Job title unknown" }}, {{ contact.company | default: "company unknown" }}
E-mail: {{ contact.email | default: "unknown" }}
Phone: {{ contact.phone | default: "unknown" }}
Agree on a meeting now: the task is in your queue.`,
  },
  reply_ended_lead: {
    subject: `A reply ended this lead: {{ contact.firstname | person }} {{ contact.lastname | person }} ({{ contact.company | name: "company unknown" }})`,
    text: `They wrote:
{{ text | default: "(no words of their own)" }}

Read as a wish to stop: {{ because | default: "no reason was kept" }}
Nothing is sent to them any more. If this is wrong, lift the opt-out.`,
  },
  hot_prospect: {
    subject: `Very interested: {{ contact.firstname | person }} {{ contact.lastname | person }} ({{ contact.company | name: "company unknown" }})`,
    text: `{{ contact.jobtitle | default: "Job title unknown" }}, {{ contact.company | default: "company unknown" }}
E-mail: {{ contact.email | default: "unknown" }}
Phone: {{ contact.phone | default: "unknown" }}`,
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
  upsell_found: {
    subject: `{% if opportunity == "strong" %}Offer them more{% else %}May need more{% endif %}: {{ contact.firstname | person }} {{ contact.lastname | person }} ({{ contact.company | name: "company unknown" }})`,
    text: `{% for reason in reasons %}- {{ reason }}
{% endfor %}
{%- if bought.size > 0 %}Bought so far: {{ bought | join: ", " }}
{% endif %}E-mail: {{ contact.email | default: "unknown" }}
Phone: {{ contact.phone | default: "unknown" }}`,
  },
  human_review: {
    subject: `Please review: {{ contact.firstname | person }} {{ contact.lastname | person }} ({{ contact.company | name: "company unknown" }})`,
    text: `The score of this contact became hot: {{ contact.lead_score | default: "unknown" }}.
{{ contact.jobtitle | default: "Job title unknown" }}, {{ contact.company | default: "company unknown" }}
E-mail: {{ contact.email | default: "unknown" }}
Phone: {{ contact.phone | default: "unknown" }}`,
  },
  performance_alert: {
    subject: "The engine is slow: {{ metric }} is {{ value }}",
    text: `Measured {{ metric }}: {{ value }}, the limit is {{ threshold }}.
See what waits: millrace health. This alert resolves itself when the engine keeps up again.`,
  },
  error_rate_alert: {
    subject: "{{ rate | times: 100 | round: 1 }} % of all attempts fail",
    text: `The limit is {{ threshold | times: 100 | round: 1 }} %. The commonest errors:
{% for line in summary %}{{ line }}
{% endfor %}`,
  },
  task_failed: {
    subject:
      "{{ kind }} (task {{ task }}) failed for good in attempt {{ attempt }}: {{ contact.email | default: 'no contact' }}",
    text: `{{ error }}

It is not tried again by itself; a review has been asked for. By hand: millrace tasks retry {{ task }}`,
  },
  task_timeout: {
    subject:
      "{{ kind }} (task {{ task }}) ran past its time in attempt {{ attempt }}: {{ contact.email | default: 'no contact' }}",
    text: `The attempt ran {{ ranMs | divided_by: 1000 }} s and was taken away from its worker; it is tried again while it has attempts left.
What happened: millrace events why --task {{ task }}`,
  },
  task_overdue: {
    subject:
      "{% if level > 1 %}Still overdue{% else %}Overdue{% endif %}: {{ kind | default: 'a task' }} (task {{ task | default: 'without a number' }}), {{ contact.email | default: 'no contact' }}",
    text: `{{ contact.firstname | person: "" }} {{ contact.lastname | person: "" }} {{ contact.company | name: "" }}
It was due {{ due | default: "before now" }} and is for {{ role | default: "the team" }}. Open it in the console, or: millrace tasks show {{ task }}`,
  },
  crm_changes_missed: {
    subject: "HubSpot's journal no longer reaches back to {{ since }}",
    text: `It keeps three days, and was not read since then. What changed is asked for now. Contacts that were deleted or
merged in HubSpot meanwhile cannot be asked for: compare, or delete them here too.`,
  },
  crm_value_refused: {
    subject:
      "HubSpot does not take {{ value | default: 'a value' }} as {{ property | default: 'a property' }}: {{ contact.email | default: 'a contact without an address' }}",
    text: `HubSpot's property {{ property | default: "without a name" }} takes {{ takes | default: "other values" }}; {{ ours | default: "the value" }} of this contact is {{ value | default: "another" }}. All else of the contact was written.
Next: correct the value on the contact, or allow it in HubSpot (Settings, Properties); a property that is never to be
written is left out by the setting hubspot.properties. For each property there is one such alert a day, however many contacts have such a value.`,
  },
  resource_alert: {
    subject: "Running short: {{ resource }} is {{ value }}",
    text: `Measured {{ resource }}: {{ value }}, the limit is {{ threshold }}. Old data is being cleaned up; what came of it
stands in the free_resources task.`,
  },
  agent_health_critical: {
    subject: "{{ agent }} fails in {{ failureRate | times: 100 | round: 1 }} % of {{ runs }} attempts",
    text: `It is being stopped; its tasks wait and lose no attempt, everything else goes on. After a pause one task is tried, and
when that goes well the agent works again. By hand: millrace agents resume {{ agent }}`,
  },
  queue_overload: {
    subject: "{{ ready }} tasks wait for agents",
    text: `The limit is {{ threshold }}. The agents with the longest queues are allowed to do more at once until it is empty.`,
  },
  dead_letter_alert: {
    subject:
      "{{ events }} event{% if events != 1 %}s{% endif %} set aside: {{ consumer }} could not take {% if events == 1 %}it{% else %}them{% endif %}",
    text: `The newest error: {{ error }}
Nothing is lost: correct what is named there, then run millrace dead-letters retry --all. See them: millrace dead-letters list`,
  },
  database_restored: {
    subject: "The database was restored: mail, CRM writes and webhooks are kept in",
    text: `{{ detail }} Events may be missing: {{ range }}. What was sent meanwhile is due again here, so nothing leaves until an admin has confirmed it.
See what waits: millrace restore status. Then: millrace restore confirm --emails send, or --emails cancel where they have left before.`,
  },
  monitor_silent: {
    subject: "Nobody watches the engine: its monitor is silent",
    text: `{{ detail }} The process that decides events may have stopped: see whether millrace start runs.`,
  },
} as const satisfies Readonly<Record<string, TemplateText>>;

/** Names of all templates there are: the built-in ones, and those of a config's `templates`. */
export function templateNames(own: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return [...new Set([...Object.keys(defaultTemplates), ...Object.keys(own)])];
}

/** What stands for a template in an e-mail that a person wrote. */
export const PERSONS_ANSWER = "reply";
