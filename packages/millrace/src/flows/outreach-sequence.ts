/**
 * Flow 5, the sequence: e-mail after e-mail until something ends it. Each sent e-mail sets the timer of the next one and
 * the timer that asks for another channel when nothing comes back.
 */
import type { Duration } from "../base/clock.ts";
import type { Contact } from "../contacts/contact.ts";
import { type EngagementSettings, engagedSince, engagementScore } from "../email/policy/engagement.ts";
import { delayToNextMs, nextTouchAt, type Sequences } from "../email/sequences.ts";
import type { EventOf } from "../events/event.ts";
import { type Facts, when } from "../workflows/condition.ts";
import {
  alt,
  branch,
  emit,
  on,
  opt,
  otherwise,
  type Step,
  schedule,
  stop,
  task,
  workflow,
} from "../workflows/workflow.ts";
import { leaveSequences, NEXT_TOUCH, NOT_ENGAGED } from "./prospecting.ts";

export interface OutreachSequenceSettings {
  readonly sequences: Sequences;
  readonly engagement: EngagementSettings;
  /** Nothing back for so long after an e-mail: another channel is tried. */
  readonly notEngagedAfter: Duration;
}

// biome-ignore lint/suspicious/noExplicitAny: the same steps stand under triggers of several event types.
type Any = any;

const isProspecting = when<"email_sent">(
  "is prospecting",
  ({ event }) => event.data.purpose === "outreach" || event.data.purpose === "nurture",
);
const isOver = when<"email_not_engaged">(
  "prospecting is over for the contact",
  ({ after, now }) => isOut(after, now) || isOutOfBand(after),
);
const hasLeft = when<"sequence_step_due">("has left the sequence", ({ event, after, now }) => {
  const place = after?.facts.sequence;
  return (
    isOut(after, now) ||
    isOutOfBand(after) ||
    place?.name !== event.data.sequence ||
    place.touch + 1 !== event.data.touch
  );
});
const isHard = when<"email_bounced">("the address will never work", ({ event }) => event.data.hard);

export function outreachSequence(settings: OutreachSequenceSettings) {
  const { sequences, engagement } = settings;
  const goesOn = when<Any>("the sequence goes on", ({ after, now }) => hasNext(after, sequences, now));
  const isFirstOpen = when<"email_opened">("first opening since the last e-mail", ({ event, before, after, now }) => {
    const place = after?.facts.sequence;
    if (event.data.machine === true || place === undefined || !hasNext(after, sequences, now)) return false;
    return engagedSince(before, place.at) === undefined;
  });
  const isCold = when<"email_not_engaged">(
    `engagement below ${engagement.coldBelow}, though it would have been seen`,
    ({ after, now }) =>
      after?.facts.sequence?.isTracked === true &&
      after.facts.engagement?.isCold !== true &&
      engagementScore(after, now, engagement) < engagement.coldBelow,
  );
  return workflow(
    "outreach_sequence",
    { source: "flow 5", about: "E-mail after e-mail, until an answer, an opt-out or the end." },
    [
      on(
        "email_sent",
        opt(
          "prospecting",
          isProspecting,
          schedule("email_not_engaged", {
            after: settings.notEngagedAfter,
            key: NOT_ENGAGED,
            data: ({ event }: Facts<EventOf<"email_sent">>) => ({ template: event.data.template }),
          }),
          opt("next e-mail", goesOn, nextTouch(sequences)),
        ),
      ),
      on(
        "sequence_step_due",
        alt(
          branch("left", hasLeft, stop("the contact has left the sequence")),
          otherwise(
            task("continue_sequence", {
              payload: ({ event }) => ({ sequence: event.data.sequence, touch: event.data.touch }),
            }),
          ),
        ),
      ),
      on("email_opened", opt("sooner", isFirstOpen, nextTouch(sequences))),
      on(
        "email_not_engaged",
        alt(
          branch("over", isOver, stop("prospecting is over for this contact")),
          otherwise(
            task("alternative_channel"),
            opt(
              "cold",
              isCold,
              emit<"cold_prospect", EventOf<"email_not_engaged">>("cold_prospect", ({ after, now }) => ({
                engagement: engagementScore(after, now, engagement),
              })),
            ),
          ),
        ),
      ),
      on("cold_prospect", opt("half as often", goesOn, nextTouch(sequences))),
      on("opted_out", leaveSequences("the contact opted out")),
      on("meeting_booked", leaveSequences("a meeting is booked")),
      on(
        "email_bounced",
        alt(
          branch(
            "hard",
            isHard,
            leaveSequences("the e-mail address does not work"),
            emit("data_quality_issue", { issue: "the e-mail address does not work" }),
          ),
          otherwise(stop("the other side may take it later")),
        ),
      ),
    ],
  );
}

/** Sets, or moves, the timer of the next e-mail. */
function nextTouch(sequences: Sequences): Step<Any> {
  return schedule<"sequence_step_due", Any>("sequence_step_due", {
    after: { about: "the sequence's delay", ms: (facts: Facts<Any>) => msToNext(facts, sequences) },
    key: NEXT_TOUCH,
    data: ({ after }: Facts<Any>) => ({
      sequence: after?.facts.sequence?.name ?? "",
      touch: (after?.facts.sequence?.touch ?? 0) + 1,
    }),
  });
}

/** @internal Milliseconds until the contact's next e-mail, from what it did since the last one. */
export function msToNext({ after, now }: Facts<Any>, sequences: Sequences): number {
  const place = after?.facts.sequence;
  if (place === undefined) return 0;
  const pace = { isCold: after?.facts.engagement?.isCold === true, openedAt: engagedSince(after, place.at) };
  return (nextTouchAt(sequences, place, pace) ?? now) - now;
}

function hasNext(contact: Contact | undefined, sequences: Sequences, now: number): boolean {
  const place = contact?.facts.sequence;
  return (
    place !== undefined &&
    !isOut(contact, now) &&
    !isOutOfBand(contact) &&
    delayToNextMs(sequences, place) !== undefined
  );
}

/** Nothing of the kind is sent, for whatever reason; after a "not now", only until the time they named. */
export function isOut(contact: Contact | undefined, now: number): boolean {
  const { optedOut, purchasedAt, bounced, declined, meetingAt } = contact?.facts ?? {};
  const saysNo = declined !== undefined && (declined.until === null || now < declined.until);
  return saysNo || [optedOut, purchasedAt, bounced, meetingAt].some((fact) => fact !== undefined);
}

/** The score has left the band the sequence is for, e.g. while its e-mail was on its way; hot means a person (R3). */
function isOutOfBand(contact: Contact | undefined): boolean {
  const band = contact?.properties.lead_band;
  const isOutreach = contact?.facts.sequence?.name === "outreach";
  return band === "hot" || (isOutreach && (band === "nurture" || band === "low"));
}
