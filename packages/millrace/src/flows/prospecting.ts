/** What ends or pauses prospecting, in one place: flows 5 and 7 both take a contact out of everything with this. */
import { DRAFT_KEYS, PROSPECTING_KEYS } from "../agents/outreach-agent/outreach-agent.ts";
import type { SequenceName } from "../email/sequences.ts";
import type { Facts } from "../workflows/condition.ts";
import { when } from "../workflows/condition.ts";
import { cancel, emit, opt, par, type Step, unschedule } from "../workflows/workflow.ts";

/** Names of the contact's timers. */
export const NEXT_TOUCH = "next_touch";
export const NOT_ENGAGED = "not_engaged";

// biome-ignore lint/suspicious/noExplicitAny: the same steps stand under triggers of many event types.
type Any = any;

const isInSequence = when<Any>("is in a sequence", ({ after }) => after?.facts.sequence !== undefined);

/**
 * The contact leaves one sequence: what is asked for and written of it and has not left is called off, and its timers
 * stop when the contact is in it; a sent e-mail stays sent (R3).
 */
export function callOff(sequence: SequenceName, because: string): Step<Any> {
  const kind = sequence === "outreach" ? "send_outreach" : "nurture_sequence";
  const isInIt = when<Any>(`is in the ${sequence} sequence`, ({ after }) => after?.facts.sequence?.name === sequence);
  return par<Any>(
    cancel(kind, because),
    cancel("send_email", because, { keyPrefix: `${PROSPECTING_KEYS}${sequence}:` }),
    ...callOffDrafts(because, sequence),
    forgetDraft(because, (purpose) => purpose === sequence),
    opt(
      `in the ${sequence} sequence`,
      isInIt,
      unschedule(NEXT_TOUCH),
      unschedule(NOT_ENGAGED),
      cancel("continue_sequence", because),
      cancel("alternative_channel", because),
      emit<"sequence_ended", Any>("sequence_ended", { sequence, because }),
    ),
  );
}

/** The contact leaves every sequence: its timers stop, what is written and unsent is called off, a sent e-mail stays sent. */
export function leaveSequences(because: string): Step<Any> {
  return par<Any>(
    unschedule(NEXT_TOUCH),
    unschedule(NOT_ENGAGED),
    ...(["send_outreach", "continue_sequence", "nurture_sequence", "update_outreach"] as const).map((kind) =>
      cancel(kind, because),
    ),
    cancel("send_email", because, { keyPrefix: PROSPECTING_KEYS }),
    ...callOffDrafts(because),
    cancel("alternative_channel", because),
    forgetDraft(because),
    opt(
      "in a sequence",
      isInSequence,
      emit<"sequence_ended", Any>("sequence_ended", ({ after }: Facts<Any>) => ({
        sequence: after?.facts.sequence?.name ?? "",
        because,
      })),
    ),
  );
}

/** E-mails that are being written or wait for a person. One a person holds already stays in their hands, and the gate at sending refuses it. */
function callOffDrafts(because: string, sequence?: SequenceName): Step<Any>[] {
  const keyPrefix = sequence === undefined ? DRAFT_KEYS : `${DRAFT_KEYS}${sequence}:`;
  return (["write_draft", "review_draft"] as const).map((kind) => cancel(kind, because, { keyPrefix }));
}

/** A draft that was called off must not be found and written anew by a later change of the contact. */
function forgetDraft(because: string, isMeant: (purpose: string) => boolean = () => true): Step<Any> {
  const hasDraft = when<Any>("an e-mail is written and unsent", ({ after }) => {
    const draft = after?.facts.draft;
    return draft !== undefined && isMeant(draft.purpose);
  });
  return opt(
    "unsent draft",
    hasDraft,
    emit<"email_suppressed", Any>("email_suppressed", ({ after }: Facts<Any>) => ({
      template: after?.facts.draft?.template ?? "",
      reason: because,
    })),
  );
}

/** Nothing more goes out until someone has read what came: a reply pauses the sequence before it is classified. */
export function holdSequence(because: string): Step<Any> {
  return par<Any>(
    unschedule(NEXT_TOUCH),
    unschedule(NOT_ENGAGED),
    cancel("continue_sequence", because),
    cancel("send_email", because, { keyPrefix: PROSPECTING_KEYS }),
    ...callOffDrafts(because),
    cancel("alternative_channel", because),
  );
}

/** Longer than any person takes: only their reading, or a new fact, ends the wait. */
const UNTIL_READ_MS = 3_650 * 86_400_000;

/** Nothing more goes out until a person has read what came; the contact keeps its position in the sequence, to go on from there. */
export function waitForPerson(because: string): Step<Any> {
  return par<Any>(
    holdSequence(because),
    ...(["send_outreach", "nurture_sequence", "update_outreach"] as const).map((kind) => cancel(kind, because)),
    forgetDraft(because),
    opt(
      "in a sequence",
      isInSequence,
      emit<"sequence_paused", Any>("sequence_paused", ({ after, now }: Facts<Any>) => ({
        sequence: after?.facts.sequence?.name ?? "",
        until: now + UNTIL_READ_MS,
        because,
      })),
    ),
  );
}
