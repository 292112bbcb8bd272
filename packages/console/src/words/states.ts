/** Every state a thing can be in: its word and its tone. A new state of the engine breaks the build here. */
import type { EmailSummary, InboundMail, Task } from "../api/types.ts";

/** A tone is a colour with a meaning; the word beside it says the same. */
export type Tone = "dim" | "in" | "good" | "warn" | "bad" | "hot" | "score" | "mail" | "alert";
export interface StateWords {
  readonly word: string;
  readonly tone: Tone;
}

export const TASK_STATES: Readonly<Record<Task["state"], StateWords>> = {
  NOT_STARTED: { word: "ready", tone: "dim" },
  IN_PROGRESS: { word: "under way", tone: "in" },
  WAITING: { word: "waiting", tone: "dim" },
  COMPLETED: { word: "done", tone: "good" },
  FAILED: { word: "failed", tone: "bad" },
  CANCELLED: { word: "called off", tone: "dim" },
};

export const MAIL_STATES: Readonly<Record<EmailSummary["state"], StateWords>> = {
  sent: { word: "sent", tone: "good" },
  sending: { word: "leaving", tone: "in" },
  suppressed: { word: "held back", tone: "dim" },
  unknown: { word: "unknown, please check", tone: "bad" },
};

export const INBOUND_STATES: Readonly<Record<InboundMail["state"], StateWords>> = {
  taken: { word: "read", tone: "good" },
  ignored: { word: "left out", tone: "dim" },
  unreadable: { word: "unreadable", tone: "bad" },
};

/** The state of a task by its name in an event's data, which may be of another version. */
export function taskStateWords(state: unknown): string {
  return TASK_STATES[state as Task["state"]]?.word ?? String(state ?? "");
}

export const PRIORITIES: Readonly<Record<Task["priority"], string>> = {
  URGENT: "urgent",
  HIGH: "high",
  MEDIUM: "normal",
  LOW: "low",
};

export const BANDS = ["hot", "qualified", "nurture", "low"] as const;
export type Band = (typeof BANDS)[number];

export function bandTone(band: unknown): Tone {
  if (band === "hot") return "hot";
  return band === "qualified" ? "score" : "dim";
}
