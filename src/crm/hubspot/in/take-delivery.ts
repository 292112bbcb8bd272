/** A webhook's body into the log, whatever it holds: what cannot be read is set aside, the rest goes on. Called by incoming.ts. */
import { messageOf } from "../../../errors.ts";
import { type HubspotChange, readChange } from "./change.ts";
import type { Intake } from "./delivery.ts";
import type { SetAside } from "./incoming-rows.ts";
import { takeChanges } from "./take-changes.ts";

export interface Delivered {
  /** Events that are new in the log. */
  readonly appended: number;
  readonly setAside: number;
}

/** Resolves when everything of it is durable. @param body of a request that proved to be HubSpot's. */
export async function takeDelivery(intake: Intake, body: Buffer): Promise<Delivered> {
  const { changes, bad } = readBody(body, intake.clock.now());
  if (changes.length + bad.length === 0) return { appended: 0, setAside: 0 };
  return { appended: await takeChanges(intake, { changes, bad }), setAside: bad.length };
}

/** Exported for its test. */
export function readBody(body: Buffer, now: number): { changes: HubspotChange[]; bad: SetAside[] } {
  const text = body.toString("utf8");
  const parsed = parse(text);
  if (!Array.isArray(parsed)) return { changes: [], bad: [{ error: "the body is no JSON array", raw: text }] };
  const changes: HubspotChange[] = [];
  const bad: SetAside[] = [];
  for (const raw of parsed) {
    try {
      changes.push(readChange(raw, now));
    } catch (error) {
      bad.push({ error: messageOf(error), raw: JSON.stringify(raw) });
    }
  }
  return { changes, bad };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
