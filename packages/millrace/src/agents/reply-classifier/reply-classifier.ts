/**
 * The reply classifier (flow 5): reads what a contact answered and states what it says; what follows is for the
 * workflow. Pure, so it runs inside the decision. A reply is only ever sorted into one of nine classes: whatever is
 * written in it, it can order nothing, and no class of it gives a consent back.
 */
import type { NewEvent } from "../../events/event.ts";
import type { Outcome, PureHandler, TaskInput } from "../../tasks/handler.ts";
import { pureAgent } from "../agent.ts";
import { type Classified, classifyReply, type Reply } from "./classify.ts";
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
  };
  return {
    outcome: "completed",
    result: { class: classified.class, confidence, sure: isSure, by: classified.by },
    events: [
      { type: "reply_classified", data },
      ...(isSure ? answersOf(classified, confidence, now + rules.coolOffMs) : []),
    ],
  };
}

/** The mission's event of a class; the workflow acts on the other classes itself. */
function answersOf(classified: Classified, confidence: number, until: number): NewEvent[] {
  switch (classified.class) {
    case "positive":
      return [{ type: "positive_response", data: { confidence } }];
    case "negative":
      return [{ type: "negative_response", data: { confidence, kind: "no" } }];
    case "not_now":
      return [{ type: "negative_response", data: { confidence, kind: "not_now", until } }];
    case "question":
      return [{ type: "needs_clarification", data: { confidence } }];
    default:
      return [];
  }
}

function replyOf({ payload, contact, createdAt }: TaskInput): Reply {
  const { text, subject, automatic, receivedAt } = (payload ?? {}) as Record<string, unknown>;
  return {
    text: typeof text === "string" ? text : "",
    subject: typeof subject === "string" ? subject : "",
    automatic: automatic === true,
    receivedAt: typeof receivedAt === "number" ? receivedAt : createdAt,
    from: typeof contact?.properties.email === "string" ? contact.properties.email : undefined,
  };
}
