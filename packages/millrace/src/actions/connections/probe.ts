/** One question to something outside, which changes nothing there, and ends in time. */
import { messageOf } from "../../base/errors.ts";

export interface ProbeResult {
  readonly isWell: boolean;
  /** What was answered, or what went wrong, in one sentence. */
  readonly saw: string;
  /** What to do about it; "" when it is well. */
  readonly next: string;
}

/** @param signal aborted when the time is over. @throws whatever goes wrong; its words are what is shown. */
export type Probe = (signal: AbortSignal) => Promise<ProbeResult>;

export function well(saw: string): ProbeResult {
  return { isWell: true, saw, next: "" };
}

export function notWell(saw: string, next: string): ProbeResult {
  return { isWell: false, saw, next };
}

/** Asks, and waits so long at most, whatever it is that hangs. */
export async function probeWithin(probe: Probe, timeoutMs: number, next: string): Promise<ProbeResult> {
  const late = AbortSignal.timeout(timeoutMs);
  const over = new Promise<ProbeResult>((resolve) => {
    late.addEventListener("abort", () => resolve(notWell(`There was no answer within ${timeoutMs / 1_000} s.`, next)));
  });
  return Promise.race([probe(late).catch((error: unknown) => notWell(messageOf(error), next)), over]);
}
