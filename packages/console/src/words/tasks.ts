/** Tasks in plain words: what each kind is called, what to do next, and how a person ends it. */
import { capital, humanly } from "./names.ts";

interface KindWords {
  readonly name: string;
  /** What to do, said to who does it. */
  readonly next?: string;
  /** How it may end, the most common first; each is the note that is kept. */
  readonly outcomes?: readonly string[];
}

const CALL = ["Reached: meeting booked", "Reached: call back later", "No answer, left a message", "Not interested"];
const KINDS: Readonly<Record<string, KindWords>> = {
  schedule_meeting: {
    name: "Agree on a meeting",
    next: "They said yes. Answer with two times, or call.",
    outcomes: [
      "Meeting booked",
      "Proposed times, waiting for an answer",
      "No answer, left a message",
      "Changed their mind",
    ],
  },
  hot_lead_review: {
    name: "Call a hot lead",
    next: "Call them now: the promise is five minutes from form to action.",
    outcomes: CALL,
  },
  human_review: {
    name: "Look at a new hot contact",
    next: "See what made the score rise, then call or write.",
    outcomes: CALL,
  },
  handle_inquiry: {
    name: "Answer a question",
    next: "Read what they asked and answer it.",
    outcomes: ["Answered", "Passed on to a colleague", "Needs no answer"],
  },
  alternative_channel: {
    name: "Try another way to reach them",
    next: "E-mail did not reach them: call, or write on LinkedIn.",
    outcomes: ["Reached by phone", "Reached on LinkedIn", "Could not be reached"],
  },
  manual_data_review: {
    name: "Put a contact’s data right",
    next: "Correct what is wrong in HubSpot, or say that it is right.",
    outcomes: ["Corrected", "It was right", "Cannot be found out"],
  },
  manual_review: {
    name: "Decide what becomes of failed work",
    next: "Read what went wrong, then try it again or let it be.",
    outcomes: ["Tried again", "Not needed any more", "Done by hand"],
  },
  manual_processing: {
    name: "Do by hand what a tool could not",
    next: "Do it by hand, and say what you did.",
    outcomes: ["Done by hand", "Not needed any more"],
  },
  customer_onboarding: {
    name: "Welcome a new customer",
    next: "Write or call, and agree on the first steps.",
    outcomes: ["Welcomed", "First meeting booked"],
  },
  review_draft: { name: "Approve an e-mail", next: "Read it, then send it, change it or refuse it." },
  qualify_lead: { name: "Score the lead" },
  qualify_lead_high_value: { name: "Score the lead with good data" },
  requalify_lead: { name: "Score the lead again" },
  initial_assessment: { name: "Give a first score" },
  enrich_data: { name: "Look up more about them" },
  send_email: { name: "Send an e-mail" },
  send_alert: { name: "Alert people" },
  send_outreach: { name: "Write a first e-mail" },
  continue_sequence: { name: "Write the next e-mail" },
  nurture_sequence: { name: "Begin the nurture sequence" },
  sync_crm: { name: "Write to HubSpot" },
  explain_score: { name: "Say the score in words" },
  write_draft: { name: "Have the model write an e-mail" },
  classify_reply: { name: "Read the reply" },
  second_opinion: { name: "Ask for a second opinion on the reply" },
};

/** "hot_lead_review" → "Call a hot lead" */
export function taskName(kind: unknown): string {
  return KINDS[String(kind)]?.name ?? capital(humanly(kind));
}

export function nextStep(kind: string): string | undefined {
  return KINDS[kind]?.next;
}

export function outcomesOf(kind: string): readonly string[] {
  return KINDS[kind]?.outcomes ?? ["Done", "Not needed any more"];
}
