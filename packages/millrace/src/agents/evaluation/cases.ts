/**
 * Cases of evaluation, from people's corrections, and how an answer is judged: right, or wrong with the reason. A case holds what the agent was
 * given and what a person made of it. Pure.
 */
import { z } from "zod";
import { DRAFT_VERDICTS, REPLY_CLASSES } from "../../events/mission-events.ts";
import type { ModelQuestion } from "../../models/model-port.ts";
import { changedShare } from "../draft-writer/changed-words.ts";
import { checkDraft, type ModelEmail } from "../draft-writer/check-draft.ts";
import { draftQuestion } from "../draft-writer/draft-prompt.ts";
import type { DraftsInForce } from "../draft-writer/draft-settings.ts";
import { replyQuestion } from "../reply-classifier/model-opinion.ts";
import type { Opinion } from "../reply-classifier/second-opinion.ts";

const letter = z.object({ subject: z.string(), text: z.string() });

/** A reply a person read, or an e-mail a person decided of. */
export const evaluationCase = z.discriminatedUnion("agent", [
  z.object({
    agent: z.literal("reply_classifier"),
    /** "reply 42" */
    id: z.string(),
    /** undefined: from a file. */
    contact: z.guid().optional(),
    text: z.string(),
    subject: z.string(),
    /** What a person read. */
    class: z.enum(REPLY_CLASSES),
  }),
  z.object({
    agent: z.literal("outreach_agent"),
    /** "draft 1001" */
    id: z.string(),
    contact: z.guid().optional(),
    facts: z.array(z.object({ id: z.string(), what: z.string(), words: z.string() })),
    template: letter,
    verdict: z.enum(DRAFT_VERDICTS),
    /** What the model of then wrote. */
    wrote: letter,
    /** What was sent. */
    sent: letter.optional(),
  }),
]);
export type EvaluationCase = z.output<typeof evaluationCase>;
export type EvaluatedAgent = EvaluationCase["agent"];

/** How an answer did. */
export interface Judgement {
  readonly right: boolean;
  /** For people: what was answered, or what is wrong with it. */
  readonly said: string;
  /** Of an e-mail: the share of the sent one's words it does not have, from 0 to 1. */
  readonly distance?: number;
}

type OutreachCase = Extract<EvaluationCase, { agent: "outreach_agent" }>;

/** @param instructions others than the agent's own. */
export function questionOf(one: EvaluationCase, instructions?: string): ModelQuestion<unknown> {
  if (one.agent === "outreach_agent") return draftQuestion(one, instructions);
  const asked = { text: one.text, subject: one.subject, guess: "none", confidence: 0 } as const;
  return replyQuestion(asked, instructions);
}

export function judgeAnswer(one: EvaluationCase, answer: unknown, rules: DraftsInForce): Judgement {
  if (one.agent === "outreach_agent") return judgeMessage(one, answer as ModelEmail, rules);
  const { class: said } = answer as Opinion;
  return { right: said === one.class, said: said === one.class ? said : `${said}, a person reads ${one.class}` };
}

/** An e-mail is right when it passes the rules and is not, word for word, one that a person refused. */
function judgeMessage(
  { facts, template, verdict, wrote, sent }: OutreachCase,
  answer: ModelEmail,
  rules: DraftsInForce,
): Judgement {
  const checked = checkDraft(answer, { facts, template, ...rules });
  if (!checked.ok) return { right: false, said: checked.reasons.join("; ") };
  if (verdict === "refused" && checked.text === wrote.text)
    return { right: false, said: "a person refused this letter" };
  if (sent === undefined) return { right: true, said: "passes the rules" };
  const distance = changedShare(checked.text, sent.text);
  return { right: true, said: `passes the rules, ${Math.round(distance * 100)} % from what was sent`, distance };
}
