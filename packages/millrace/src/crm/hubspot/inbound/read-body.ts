/** A webhook's body as changes: what cannot be read is kept apart, so that the rest goes on. Pure. Called by take-deliveries.ts. */
import { messageOf } from "../../../base/errors.ts";
import { type HubspotChange, readChange } from "./change.ts";
import type { SetAside } from "./incoming-rows.ts";

export interface ReadBody {
  readonly changes: readonly HubspotChange[];
  readonly bad: readonly SetAside[];
}

export function readBody(body: Buffer, now: number): ReadBody {
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
