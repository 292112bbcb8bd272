/**
 * Flow 9, words of a model for people, where one is set for them: a score in words beside the score, and a summary of work that was given
 * up. Nothing here changes a score, a task or what is sent.
 */
import type { EventOf, Json } from "../events/event.ts";
import { when } from "../workflows/condition.ts";
import { on, opt, type Trigger, task, workflow } from "../workflows/workflow.ts";

export interface ModelNotesSettings {
  /** Scores of leads for people and for sequences are said in words. */
  readonly scores: boolean;
  /** Work that was given up, and tools that failed, are summarised. */
  readonly failures: boolean;
}

const isWorthWords = when<"contact_scored">(
  "a new score that somebody acts on",
  ({ event, before }) =>
    (event.data.band === "hot" || event.data.band === "qualified") &&
    event.data.reasons.length > 0 &&
    before?.properties.lead_score !== event.data.score,
);
/** A model's own note that fails is no reason for another. */
const OWN_KINDS: readonly string[] = ["explain_score", "summarise_work"];
const isGivenUp = when<"task_failed">(
  "given up, and no note itself",
  ({ event }) => (event.data.retry === "spent" || event.data.retry === "never") && !OWN_KINDS.includes(event.data.kind),
  { endsLoop: "a note that fails asks for no note" },
);

export function modelNotes({ scores, failures }: ModelNotesSettings) {
  const triggers: Trigger[] = [
    ...(scores ? [on("contact_scored", opt("worth words", isWorthWords, explained))] : []),
    ...(failures ? [on("task_failed", opt("given up", isGivenUp, failedWork)), on("mcp_tool_failed", failedTool)] : []),
  ];
  return workflow(
    "model_notes",
    { source: "flow 9", about: "A model says scores and failures in words, for people." },
    triggers,
  );
}

const explained = task<EventOf<"contact_scored">>("explain_score", {
  payload: ({ event: { data } }) => ({ score: data.score, band: data.band, reasons: data.reasons }) as Json,
});

const failedWork = task<EventOf<"task_failed">>("summarise_work", {
  mergeKey: ({ event }) => `summarise_work:${event.data.task}`,
  payload: ({ event: { data } }) => ({
    task: data.task,
    reason: `${data.kind} (task ${data.task}) failed: ${data.error}`,
  }),
});

const failedTool = task<EventOf<"mcp_tool_failed">>("summarise_work", {
  mergeKey: ({ event }) => `summarise_work:${event.data.task ?? event.data.tool}`,
  payload: ({ event: { data } }) => ({
    task: data.task ?? null,
    reason: `${data.tool} of ${data.agent} failed: ${data.error}`,
  }),
});
