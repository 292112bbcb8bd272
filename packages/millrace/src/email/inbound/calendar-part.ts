/**
 * The answer to an invitation, as calendar programs send it: a text/calendar part with METHOD REPLY or COUNTER, which says
 * what the body often does not. Source: RFC 5546, sections 3.2.3 and 3.2.7; RFC 5545, 3.2.12 (PARTSTAT).
 */

/** "accepted", "declined" and "tentative" answer our invitation; "counter" proposes another time; "request" invites us; "cancel" takes one back. */
export type CalendarAnswer = "accepted" | "declined" | "tentative" | "counter" | "request" | "cancel" | "other";

export interface CalendarPart {
  readonly answer: CalendarAnswer;
  /** What the contact wrote beside it; "" for nothing. At most 2,000 characters. */
  readonly comment: string;
}

const MAX_CALENDAR = 64 * 1024;
const MAX_COMMENT = 2_000;

/** @param method of the part's Content-Type, in capitals, if it has one. */
export function calendarPartOf(text: string, method?: string): CalendarPart {
  const lines = text.slice(0, MAX_CALENDAR).replace(/\r?\n[ \t]/g, "");
  const said = method ?? /^METHOD:(\w+)/im.exec(lines)?.[1]?.toUpperCase() ?? "";
  const comment = /^COMMENT(?:;[^:\n]{0,500})?:(.{0,4000})$/im.exec(lines)?.[1] ?? "";
  return { answer: answerOf(said, lines), comment: unescaped(comment).slice(0, MAX_COMMENT).trim() };
}

function answerOf(method: string, lines: string): CalendarAnswer {
  if (method === "COUNTER") return "counter";
  if (method === "REQUEST" || method === "PUBLISH") return "request";
  if (method === "CANCEL") return "cancel";
  if (method !== "REPLY") return "other";
  const state = /\bPARTSTAT="?([A-Z-]+)/i.exec(lines)?.[1]?.toLowerCase();
  return state === "accepted" || state === "declined" || state === "tentative" ? state : "other";
}

function unescaped(text: string): string {
  return text.replace(/\\n/gi, "\n").replace(/\\([,;\\])/g, "$1");
}
