/** The mission's events of what a reply says; the workflow acts on the other classes itself. */
import type { ReplyClass } from "../../events/mission-events.ts";

export interface Answer {
  readonly type: "positive_response" | "negative_response" | "needs_clarification";
  readonly data: { readonly confidence: number; readonly kind?: string; readonly until?: number };
}

/** @param until of a "not now": when they may be asked again; milliseconds. */
export function answersOf(name: ReplyClass, confidence: number, until: number): Answer[] {
  switch (name) {
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
