/**
 * Flow 5, e-mails a model wrote: a draft waits for a person as a task; what becomes of it is decided there (actions/approve-draft.ts).
 * Here it is asked for, ended with everything else that ends prospecting, and closed at its deadline. Nothing of it is ever sent
 * from here: at the deadline the template may be, which no model wrote.
 */
import { DRAFT_KEYS, refusalFor } from "../agents/outreach-agent/outreach-agent.ts";
import type { Duration } from "../base/clock.ts";
import type { MailPurpose } from "../email/policy/mail-gate.ts";
import type { EventOf, Json } from "../events/event.ts";
import { when } from "../workflows/condition.ts";
import {
  alt,
  branch,
  cancel,
  emit,
  on,
  onCompleted,
  opt,
  otherwise,
  type Step,
  schedule,
  stop,
  task,
  unschedule,
  workflow,
} from "../workflows/workflow.ts";

export interface OutreachDraftsSettings {
  readonly dueIn: Duration;
  readonly deadline: Duration;
  readonly atDeadline: "template" | "drop" | "wait";
}

/** Name of the contact's timer; a list of drafts reads its time. */
const DEADLINE = "draft_deadline";

type Drafted = EventOf<"outreach_drafted">;
type Deadline = EventOf<"draft_deadline">;

const waits = when<"outreach_drafted">("a person has to see it", ({ event }) => event.data.review === true);
/** While it was being written: no one had begun a review that could have been called off. */
const isOver = when<"outreach_drafted">("prospecting is over for the contact", ({ event, after, now }) => {
  const { template, purpose } = event.data;
  return after === undefined || refusalFor(after, { template, purpose: purpose as MailPurpose }, now) !== undefined;
});
const isDecided = when<"draft_deadline">(
  "it was decided, or written anew",
  ({ event, after }) => after?.facts.draft?.waits !== event.data.draft,
);
/** By a way that knows of no drafts, e.g. HubSpot's list of tasks: nothing is sent then. */
const isUndecided = when<"task_completed">(
  "it was closed without a decision",
  ({ event }) => (event.data.result as { verdict?: string } | null | undefined)?.verdict === undefined,
);

export function outreachDrafts({ dueIn, deadline, atDeadline }: OutreachDraftsSettings) {
  return workflow(
    "outreach_drafts",
    { source: "flow 5", about: "An e-mail that a model wrote waits for a person, and no longer than its deadline." },
    [
      on(
        "outreach_drafted",
        opt(
          "waits",
          waits,
          cancel("review_draft", "the letter was written anew", { keyPrefix: DRAFT_KEYS }),
          unschedule(DEADLINE),
          alt(
            branch("over", isOver, giveUp("prospecting is over for this contact")),
            otherwise(
              task<Drafted>("review_draft", {
                dueIn,
                mergeKey: ({ event }) =>
                  `${DRAFT_KEYS}${event.data.draft?.sequence ?? event.data.purpose}:review:${event.data.task}`,
                payload: ({ event }) => event.data as Json,
              }),
              ...(atDeadline === "wait" ? [] : [untilDeadline(deadline)]),
            ),
          ),
        ),
      ),
      on("draft_decided", unschedule(DEADLINE)),
      onCompleted(
        "review_draft",
        opt("undecided", isUndecided, unschedule(DEADLINE), giveUp("closed without a decision")),
      ),
      on(
        "draft_deadline",
        alt(
          branch("decided", isDecided, stop("the draft waits no more")),
          otherwise(
            cancel("review_draft", "nobody decided in time", { keyPrefix: DRAFT_KEYS }),
            atDeadline === "drop" ? giveUp("nobody decided in time") : takeTemplate,
          ),
        ),
      ),
    ],
  );
}

function untilDeadline(after: Duration): Step<Drafted> {
  return schedule<"draft_deadline", Drafted>("draft_deadline", {
    after,
    key: DEADLINE,
    data: ({ event }) => {
      const { task: draft = 0, template, onceKey = "", purpose = "outreach", draft: letter } = event.data;
      const { sequence, touch } = letter ?? {};
      return { draft, template, onceKey, purpose, ...(sequence === undefined ? {} : { sequence, touch }) };
    },
  });
}

const takeTemplate: Step<Deadline> = task<Deadline>("write_draft", {
  mergeKey: ({ event }) => `${DRAFT_KEYS}${event.data.sequence ?? event.data.purpose}:${event.data.template}`,
  payload: ({ event }) => {
    const { draft: _, ...wanted } = event.data;
    return { ...wanted, asTemplate: "nobody decided of the draft in time" };
  },
});

/** The draft is forgotten: no later change of the contact finds it and writes it anew. */
function giveUp<Event>(reason: string): Step<Event> {
  return emit<"email_suppressed", Event>("email_suppressed", ({ after }) => ({
    template: after?.facts.draft?.template ?? "",
    reason,
  }));
}
