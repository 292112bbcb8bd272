/** The mission's events of what a reply says; the workflow acts on the other classes itself. */
import type { NewEvent } from "../../events/event.ts";
import type { ReplyClass } from "../../events/mission-events.ts";

/** @param until of a "not now": when they may be asked again; milliseconds. */
export function answersOf(name: ReplyClass, confidence: number, until: number): NewEvent[] {
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
