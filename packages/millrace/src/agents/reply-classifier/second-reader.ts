/**
 * The second reader (flow 5): asks `replies.secondOpinion` of a reply that the classifier is unsure of, and states the reading that
 * comes of both. The sequence waits meanwhile, as after every reply. No answer, a late one or a wrong one leave the reply to a
 * person, with the first guess.
 */
import { messageOf } from "../../base/errors.ts";
import type { NewEvent } from "../../events/event.ts";
import { REPLY_CLASSES, type ReplyClass } from "../../events/mission-events.ts";
import type { AlertRecord, Outcome, QueuedHandler, TaskInput } from "../../tasks/handler.ts";
import { agent } from "../agent.ts";
import { answersOf } from "./answers.ts";
import type { ReplyRules } from "./reply-settings.ts";
import {
  AskAgain,
  type Opinion,
  type OpinionContext,
  type SecondOpinion,
  type WeighedOpinion,
  weighOpinion,
} from "./second-opinion.ts";

const TIMEOUT_MS = 20_000;
const MAX_REASONS = 20;
/** A reply waits no longer than this for a second opinion: a person is quicker then. */
const MAX_WAIT_MS = 120_000;

/** What the classifier asks for: the reply, and the data of the reading it would have stated. */
export interface SecondReadingPayload {
  readonly text: string;
  readonly subject: string;
  readonly reading: {
    readonly class: ReplyClass;
    readonly confidence: number;
    readonly by: string;
    readonly reasons: readonly string[];
  } & Readonly<Record<string, unknown>>;
}

/** @param opinion undefined when none is set any more: what was asked for before goes to a person. */
export function secondReader(rules: ReplyRules, opinion: SecondOpinion | undefined): QueuedHandler {
  return agent({
    name: "second_reader",
    kinds: ["second_opinion"],
    run: (tasks, { now, signal }) =>
      Promise.all(tasks.map((task) => readAgain(task, { rules, opinion, now, signal }).catch(later))),
  });
}

/** @throws what is no request to wait. */
function later(error: unknown): Outcome {
  if (!(error instanceof AskAgain)) throw error;
  return { outcome: "failed", error: error.message, retry: "wait", afterMs: error.afterMs };
}

interface Asking {
  readonly rules: ReplyRules;
  readonly opinion: SecondOpinion | undefined;
  readonly now: number;
  readonly signal: AbortSignal;
}

async function readAgain(task: TaskInput, asking: Asking): Promise<Outcome> {
  const { rules, opinion, now } = asking;
  const { text, subject, reading } = task.payload as unknown as SecondReadingPayload;
  const events: NewEvent[] = [];
  const alerts: AlertRecord[] = [];
  const weighed = await weighedOf({ text, subject, reading }, asking, {
    task: task.id,
    createdAt: task.createdAt,
    contact: task.contact?.id ?? null,
    note: (effects) => {
      events.push(...(effects.events ?? []));
      alerts.push(...(effects.alerts ?? []));
    },
  });
  // The lease is lost, or the engine stops: another attempt asks again.
  if (asking.signal.aborted) return { outcome: "failed", error: "the work was called off", retry: "later" };
  const data = {
    ...reading,
    class: weighed.class,
    sure: weighed.sure,
    confidence: weighed.confidence,
    by: weighed.sure ? `opinion:${opinion?.name ?? ""}`.slice(0, 200) : reading.by,
    reasons: [...reading.reasons.slice(0, MAX_REASONS - 1), weighed.reason.slice(0, 500)],
  };
  return {
    outcome: "completed",
    result: { class: weighed.class, sure: weighed.sure, because: weighed.reason },
    alerts,
    events: [
      ...events,
      { type: "reply_classified", data },
      ...(weighed.sure ? answersOf(weighed.class, weighed.confidence, now + rules.coolOffMs) : []),
    ],
  };
}

async function weighedOf(
  { text, subject, reading }: SecondReadingPayload,
  { rules, opinion, now, signal }: Asking,
  { createdAt, ...work }: Omit<OpinionContext, "signal"> & { readonly createdAt: number },
): Promise<WeighedOpinion> {
  const without = (reason: string) => ({ class: reading.class, sure: false, confidence: reading.confidence, reason });
  if (opinion === undefined) return without("no second opinion is set");
  const { name } = opinion;
  const { class: guess, confidence, reasons } = reading;
  try {
    const question = { text, subject, guess, confidence, reasons, classes: REPLY_CLASSES };
    const given = await answered(opinion, question, {
      ...work,
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (given === undefined) return without(`${name} has no opinion`);
    return weighOpinion(text, reading, { name, opinion: given, sureFrom: rules.sureFrom });
  } catch (error) {
    if (error instanceof AskAgain && now + error.afterMs - createdAt <= MAX_WAIT_MS) throw error;
    return without(`${name} did not answer: ${messageOf(error)}`.slice(0, 500));
  }
}

/** An opinion that does not heed the signal is not waited for either. */
function answered(
  { ask }: SecondOpinion,
  question: Parameters<SecondOpinion["ask"]>[0],
  context: OpinionContext,
): Promise<Opinion | undefined> {
  const { signal } = context;
  const late = Promise.withResolvers<never>();
  const onAbort = () => late.reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  return Promise.race([ask(question, context), late.promise]).finally(() =>
    signal.removeEventListener("abort", onAbort),
  );
}
