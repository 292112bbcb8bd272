/**
 * Says a score in words (flow 9): asks a model, keeps what rests on the points, and states it beside the score. It never changes one:
 * the event is folded into nothing. Whatever the model does not answer is left out; no one waits for it.
 */
import { capAlert } from "../../models/cap-alert.ts";
import { callEvents, type Models } from "../../models/models.ts";
import type { Outcome, QueuedHandler, TaskInput, WorkContext } from "../../tasks/handler.ts";
import { agent } from "../agent.ts";
import { checkedWords, SCORE_PROMPT, type ScoringToExplain, scoreQuestion } from "./score-words.ts";

/** @param models undefined where none is set any more: what was asked for before is left. */
export function scoreExplainer(models: Models | undefined): QueuedHandler {
  return agent({
    name: "score_explainer",
    kinds: ["explain_score"],
    run: (tasks, context) => Promise.all(tasks.map((task) => explain(task, context, models))),
  });
}

async function explain(task: TaskInput, { signal }: WorkContext, models: Models | undefined): Promise<Outcome> {
  const { contact } = task;
  if (contact === undefined || models === undefined)
    return { outcome: "cancelled", reason: models === undefined ? "No model is set for it." : "The contact is gone." };
  const scoring = task.payload as unknown as ScoringToExplain;
  const { answer, call, reached } = await models.ask(scoreQuestion(scoring, contact), {
    agent: "lead_qualifier",
    task: task.id,
    contact: contact.id,
    signal,
  });
  const asked = {
    events: callEvents(call),
    alerts: reached === undefined ? [] : [capAlert(reached, contact.id, "Scores are not explained meanwhile.")],
  };
  if (answer.outcome !== "answered")
    return { outcome: "completed", result: { said: false, because: `${answer.outcome}: ${answer.error}` }, ...asked };
  const { sentences, beyond, dropped } = checkedWords(answer.value, scoring, contact);
  const result = { said: sentences.length + beyond.length > 0, dropped };
  if (!result.said) return { outcome: "completed", result, ...asked };
  const data = {
    score: scoring.score,
    words: sentences.join(" "),
    beyond: beyond.map((one) => ({ ...one })),
    model: models.name.slice(0, 200),
    prompt: SCORE_PROMPT,
    task: task.id,
  };
  return { outcome: "completed", result, ...asked, events: [...asked.events, { type: "score_explained", data }] };
}
