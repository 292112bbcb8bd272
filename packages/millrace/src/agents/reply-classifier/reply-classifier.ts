/**
 * The reply classifier (flow 5): reads what a contact answered and states what it says; what follows is for the
 * workflow. Pure, so it runs inside the decision. A reply is only ever sorted into one of ten classes: whatever is
 * written in it, it can order nothing, and no class of it gives a consent back.
 */
import { WORDLESS_REPLIES, type WordlessReply } from "../../events/mission-events.ts";
import type { Outcome, PureHandler, TaskInput } from "../../tasks/handler.ts";
import { pureAgent } from "../agent.ts";
import { answersOf } from "./answers.ts";
import { type Classified, classifyReply, type Reply } from "./classify.ts";
import { readableOf } from "./plain-text.ts";
import { type ReplyClassifierSettings, type ReplyRules, replyRules } from "./reply-settings.ts";

/** @throws MillraceError invalid_config when the settings are wrong. */
export function replyClassifier(settings: ReplyClassifierSettings = {}): PureHandler {
  const rules = replyRules(settings);
  return pureAgent({
    name: "reply_classifier",
    kinds: ["classify_reply"],
    run: (tasks, { now }) => tasks.map((task) => outcomeOf(task, rules, now)),
  });
}

function outcomeOf(task: TaskInput, rules: ReplyRules, now: number): Outcome {
  const reply = replyOf(task);
  const classified = classifyReply(reply, rules);
  if (classified === undefined) return { outcome: "completed", result: { read: "a program's acknowledgement" } };
  const { reasons, ...facts } = classified;
  const isSure = classified.confidence >= rules.sureFrom;
  const confidence = Math.round(classified.confidence * 1_000) / 1_000;
  const data = {
    ...facts,
    confidence,
    sure: isSure,
    reasons: [...reasons],
    task: task.id,
    ...(reply.automatic ? { automatic: true } : {}),
    ...(isSure && !ENDS.includes(classified.class) ? {} : { excerpt: excerptOf(reply) }),
  };
  const result = { class: classified.class, confidence, sure: isSure, by: classified.by };
  // The second reader states the reading. Nothing leaves meanwhile: a reply holds the sequence before it is read.
  if (!isSure && rules.secondOpinion !== undefined && hasWords(reply)) {
    const { text, subject } = reply;
    const payload = { text: readableOf(text), subject: readableOf(subject), reading: data };
    return {
      outcome: "completed",
      result,
      tasks: [{ kind: "second_opinion", payload, mergeKey: `second:${task.id}` }],
    };
  }
  return {
    outcome: "completed",
    result,
    events: [
      { type: "reply_classified", data },
      ...(isSure ? answersOf(classified.class, confidence, now + rules.coolOffMs) : []),
    ],
  };
}

function hasWords({ text }: Reply): boolean {
  return /\p{L}/u.test(text);
}

/** With these the reply's words go on record beside the reading, for the person who is shown what it ended. */
const ENDS: readonly Classified["class"][] = ["opt_out", "complaint"];
const MAX_EXCERPT = 2_000;

function excerptOf({ text, subject }: Reply): string {
  return readableOf(text.trim() === "" ? subject : text)
    .slice(0, MAX_EXCERPT)
    .toWellFormed();
}

function replyOf({ payload, contact, createdAt }: TaskInput): Reply {
  const { text, subject, automatic, receivedAt, ownSubject, asksToLeave, what } = (payload ?? {}) as Record<
    string,
    unknown
  >;
  return {
    text: typeof text === "string" ? text : "",
    subject: typeof subject === "string" ? subject : "",
    automatic: automatic === true,
    receivedAt: typeof receivedAt === "number" ? receivedAt : createdAt,
    from: typeof contact?.properties.email === "string" ? contact.properties.email : undefined,
    ownSubject: ownSubject === true,
    asksToLeave: asksToLeave === true,
    ...(isWordless(what) ? { what } : {}),
  };
}

function isWordless(what: unknown): what is WordlessReply {
  return (WORDLESS_REPLIES as readonly unknown[]).includes(what);
}
