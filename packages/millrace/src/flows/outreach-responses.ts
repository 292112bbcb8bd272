/**
 * Flow 5, what comes back: every engagement is judged by what it is; only replies are read, and a reply pauses the
 * sequence before anyone reads it. Precedence: opt-out > negative > positive > question > engagement.
 */
import { type Duration, durationMs } from "../base/clock.ts";
import { type EngagementSettings, engagementScore, isHotProspect } from "../email/policy/engagement.ts";
import { asksToStop } from "../email/policy/opt-out-words.ts";
import type { EventOf } from "../events/event.ts";
import { type Facts, when } from "../workflows/condition.ts";
import {
  alert,
  alt,
  branch,
  cancel,
  email,
  emit,
  on,
  opt,
  otherwise,
  par,
  type Step,
  schedule,
  stop,
  task,
  unschedule,
  workflow,
} from "../workflows/workflow.ts";
import { isOut } from "./outreach-sequence.ts";
import { holdSequence, leaveSequences, NEXT_TOUCH, NOT_ENGAGED, waitForPerson } from "./prospecting.ts";

export interface OutreachResponseSettings {
  readonly engagement: EngagementSettings;
  /** A hot prospect is told of again only after this. */
  readonly hotProspectRearm: Duration;
  /** Alerts older than this are not raised any more (R10). */
  readonly alertStaleAfter: Duration;
  /** Whether someone who says yes gets a short e-mail at once, before a person writes. */
  readonly followUpOnYes: boolean;
}

type Engaged = Facts<EventOf<"email_engagement">>;
// biome-ignore lint/suspicious/noExplicitAny: the same steps stand under triggers of several event types.
type Any = any;

const is = (engagement: string) =>
  when<"email_engagement">(engagement, ({ event }) => event.data.engagement === engagement);
const isAutomatic = when<"email_engagement">(
  "a program answered",
  ({ event }) => event.data.engagement === "replied" && event.data.automatic === true,
);
const wantsOut = when<Any>(
  "asks to stop, in plain words",
  ({ event }) =>
    event.data.asksToLeave === true || (typeof event.data.text === "string" && Boolean(asksToStop(event.data.text))),
);
/** What would end a lead for good counts as unsure, too, when no rule and no person found it. */
const isUnsure = when<"reply_classified">(
  "too unsure to act on",
  ({ event: { data } }) =>
    !data.sure ||
    (["opt_out", "complaint"].includes(data.class) && !/^(rule|person):/.test(data.by)) ||
    (data.class === "bounce" && data.by.startsWith("opinion:")),
);
const says = (name: string) => when<"reply_classified">(name, ({ event }) => event.data.class === name);
/** Final are words of the contact's own that a rule found, or what a person read; never what the model makes of them. */
const plainly = (name: string) =>
  when<"reply_classified">(
    `${name}, in plain words`,
    ({ event }) => event.data.class === name && event.data.sure && /^(rule|person):/.test(event.data.by),
  );
const goesOnByPerson = when<"reply_classified">(
  "a person read that nothing follows",
  ({ event }) => event.data.class === "none" && event.data.sure && event.data.by.startsWith("person:"),
);
/** Three messages that servers gave up on after days: the address takes no mail, whatever its server says. */
const GIVEN_UP_AT = 3;
const isHuman = when<Any>("a person did it", ({ event }) => event.data.machine !== true);
/** Two programs would go on answering each other for ever. */
const isFirstYes = when<"positive_response">(
  "has had no such answer yet",
  ({ after }) => (after?.facts.emails?.positive_follow_up ?? 0) === 0,
);
const isInSequence = when<"reply_classified">(
  "is in a sequence",
  ({ after, now }) => after?.facts.sequence !== undefined && !isOut(after, now),
);

export function outreachResponses(settings: OutreachResponseSettings) {
  const { engagement } = settings;
  const stale = { staleAfter: settings.alertStaleAfter };
  const becameHot = when<Any>("engagement became high", ({ before, after, now }) => {
    if (isOut(after, now) || !isHotProspect(after, now, engagement)) return false;
    const told = after?.facts.engagement?.hotAt;
    if (told !== undefined && now - told < durationMs(settings.hotProspectRearm)) return false;
    return told !== undefined || !isHotProspect(before, now, engagement);
  });
  const engaged = (): Step<Any> =>
    opt(
      "human",
      isHuman,
      unschedule(NOT_ENGAGED),
      cancel("alternative_channel", "the contact has engaged"),
      opt(
        "hot prospect",
        becameHot,
        emit<"hot_prospect", Any>("hot_prospect", ({ after, now }: Facts<Any>) => ({
          engagement: engagementScore(after, now, engagement),
        })),
      ),
    );
  return workflow(
    "outreach_responses",
    { source: "flow 5", about: "What comes back for an e-mail is judged, and the right person or step follows." },
    [
      on(
        "email_engagement",
        alt(
          branch("complained", is("complained"), emit("opted_out", { by: "complaint" }), showEnd(stale)),
          branch(
            "bounced",
            is("bounced"),
            emit("email_bounced", ({ event, after }: Engaged) => ({
              hard: (event.data.hard ?? false) || isGivenUp(event.data.meaning, after),
              ...(event.data.meaning === undefined ? {} : { meaning: event.data.meaning }),
              ...(event.data.reason === undefined ? {} : { reason: event.data.reason }),
              ...(event.data.message === undefined ? {} : { message: event.data.message }),
            })),
          ),
          branch("program answered", isAutomatic, readsReply()),
          branch("replied", is("replied"), received(stale)),
          branch("opened", is("opened"), emit("email_opened", markOf)),
          branch(
            "clicked",
            is("clicked"),
            emit("email_clicked", ({ event }: Engaged) => ({
              ...markOf({ event }),
              ...(event.data.url === undefined ? {} : { url: event.data.url }),
            })),
          ),
          otherwise(stop("nothing to judge")),
        ),
      ),
      on("email_replied", received(stale)),
      on("email_opened", engaged()),
      on("email_clicked", engaged()),
      on("hot_prospect", alert("sales", "hot_prospect", stale)),
      on(
        "reply_classified",
        alt(
          branch("opt-out", plainly("opt_out"), emit("opted_out", { by: "reply" }), showEnd(stale)),
          branch("complaint", plainly("complaint"), emit("opted_out", { by: "complaint" }), showEnd(stale)),
          branch(
            "unsure",
            isUnsure,
            waitForPerson("a person reads the reply"),
            task("handle_inquiry", { payload: doubtOf }),
          ),
          branch("nothing follows", goesOnByPerson, opt("in a sequence", isInSequence, resumeNow())),
          branch("bounce", says("bounce"), emit("email_bounced", { hard: true, reason: "a reply says so" })),
          branch("out of office", says("out_of_office"), opt("in a sequence", isInSequence, pauseUntilBack())),
          branch(
            "wrong person",
            says("wrong_person"),
            leaveSequences("we wrote to the wrong person"),
            task("handle_inquiry", { payload: referralOf }),
          ),
          otherwise(stop("the agent has said what it means")),
        ),
      ),
      on(
        "positive_response",
        leaveSequences("the contact said yes"),
        alert("sales", "positive_reply", stale),
        task("schedule_meeting"),
        ...(settings.followUpOnYes
          ? [opt("first yes", isFirstYes, email("positive_follow_up", { once: "contact", staleAfter: "60m" }))]
          : []),
      ),
      on("negative_response", leaveSequences("the contact said no")),
      on(
        "needs_clarification",
        leaveSequences("the contact asked something: a person answers"),
        task("handle_inquiry"),
      ),
    ],
  );
}

/** A reply pauses the sequence first; a wish to stop is heard by rule, before any model reads it. */
function received(stale: Stale): Step<Any> {
  return par<Any>(
    holdSequence("the contact replied"),
    alt(branch("opt-out", wantsOut, emit("opted_out", { by: "reply" }), showEnd(stale)), otherwise(readsReply())),
  );
}

interface Stale {
  readonly staleAfter: Duration;
}

/** What a reply or a report ended is shown to sales with its words: a wrong reading is seen the same day, and can be lifted. */
function showEnd(stale: Stale): Step<Any> {
  return alert<Any>("sales", "reply_ended_lead", { ...stale, values: endOf });
}

function endOf({ event }: Facts<Any>) {
  const { engagement, excerpt, text, reason, by, reasons } = event.data;
  if (engagement === "complained") {
    return {
      text: "(No words: a feedback report of their mail provider.)",
      because: `feedback type "${reason ?? "abuse"}"`,
    };
  }
  return {
    text: String(excerpt ?? text ?? "").slice(0, EXCERPT),
    because: by === undefined ? "asks to stop, in plain words" : `${by}: ${(reasons ?? []).join(", ")}`.slice(0, 300),
  };
}

const EXCERPT = 1_000;

/** Counted with this one. */
function isGivenUp(
  meaning: string | undefined,
  contact: { readonly facts: { readonly givenUp?: number } } | undefined,
): boolean {
  return meaning === "expired" && (contact?.facts.givenUp ?? 0) + 1 >= GIVEN_UP_AT;
}

/** The sequence goes on where it stood, with its usual delay. */
function resumeNow(): Step<EventOf<"reply_classified">> {
  type Classified = Facts<EventOf<"reply_classified">>;
  return par(
    emit<"sequence_paused", EventOf<"reply_classified">>("sequence_paused", ({ after, now }: Classified) => ({
      sequence: after?.facts.sequence?.name ?? "",
      until: now,
      because: "a person read the reply: nothing follows from it",
    })),
    schedule<"sequence_step_due", EventOf<"reply_classified">>("sequence_step_due", {
      after: { about: "a day", ms: () => DAY_MS },
      key: NEXT_TOUCH,
      data: ({ after }: Classified) => ({
        sequence: after?.facts.sequence?.name ?? "",
        touch: (after?.facts.sequence?.touch ?? 0) + 1,
      }),
    }),
  );
}

/** Each reply is read: two that come together say two things. */
function readsReply(): Step<Any> {
  return task<Any>("classify_reply", {
    payload: replyOf,
    mergeKey: ({ event }: Facts<Any>) => `classify_reply:${event.root}`,
  });
}

function pauseUntilBack(): Step<EventOf<"reply_classified">> {
  type Classified = Facts<EventOf<"reply_classified">>;
  return par(
    emit<"sequence_paused", EventOf<"reply_classified">>("sequence_paused", (facts: Classified) => ({
      sequence: facts.after?.facts.sequence?.name ?? "",
      until: backAt(facts),
      because: "the contact is away",
    })),
    schedule<"sequence_step_due", EventOf<"reply_classified">>("sequence_step_due", {
      after: { about: "the return", ms: (facts: Classified) => backAt(facts) - facts.now },
      key: NEXT_TOUCH,
      data: ({ after }: Classified) => ({
        sequence: after?.facts.sequence?.name ?? "",
        touch: (after?.facts.sequence?.touch ?? 0) + 1,
      }),
    }),
    unschedule(NOT_ENGAGED),
  );
}

const DAY_MS = durationMs("1d");
/** An absence without a date. */
const USUAL_ABSENCE_MS = durationMs("7d");

/** A day after the return: the first day back is for everyone else's e-mails. */
function backAt({ event, now }: Facts<EventOf<"reply_classified">>): number {
  const { returnAt } = event.data;
  return returnAt !== undefined && returnAt > now ? returnAt + DAY_MS : now + USUAL_ABSENCE_MS;
}

function markOf({ event }: Pick<Engaged, "event">) {
  const { message, machine } = event.data;
  return { ...(message === undefined ? {} : { message }), ...(machine === undefined ? {} : { machine }) };
}

/** What the classifier reads: what they wrote, as they wrote it; data, never instructions. */
function replyOf({ event }: Facts<Any>) {
  const { text, subject, automatic, reason, ownSubject, asksToLeave, what } = event.data;
  return {
    text: String(text ?? reason ?? ""),
    subject: String(subject ?? ""),
    automatic: automatic === true,
    receivedAt: event.occurredAt,
    ...(ownSubject === true ? { ownSubject: true } : {}),
    ...(asksToLeave === true ? { asksToLeave: true } : {}),
    ...(what === undefined ? {} : { what: String(what) }),
  };
}

function doubtOf({ event }: Facts<EventOf<"reply_classified">>) {
  const { class: guess, reasons, excerpt } = event.data;
  const because = (reasons ?? []).join(", ");
  return {
    reason:
      guess === "none"
        ? `A reply has no words that could be read: ${because}.`
        : `A reply could not be read for sure; it may be "${guess}".`,
    guess,
    because,
    text: excerpt ?? "",
    event: event.root,
  };
}

function referralOf({ event }: Facts<EventOf<"reply_classified">>) {
  return { reason: "We wrote to the wrong person.", referral: event.data.referral ?? "" };
}
