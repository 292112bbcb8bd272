/** What a task comes to whose call HubSpot did not carry out: what it refuses is over, everything else waits. */
import type { Outcome } from "../../../tasks/handler.ts";
import type { HubspotFailure } from "../client/answer.ts";

/** @param refused what HubSpot will not do, e.g. "HubSpot will not erase it". */
export function asOutcome({ kind, message, retryAfterMs }: HubspotFailure, refused: string): Outcome {
  if (kind === "refused") return { outcome: "failed", error: `${refused}: ${message}`, retry: "never" };
  return {
    outcome: "failed",
    error: message,
    retry: "wait",
    ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }),
  };
}
