/** One question to something outside, which changes nothing there, and ends in time. */
import { messageOf } from "../../base/errors.ts";
import { type Asked, tooLate, unreachable } from "./unreachable.ts";

export interface ProbeResult {
  readonly isWell: boolean;
  /** What was answered, or what went wrong, in one sentence. */
  readonly saw: string;
  /** What to do about it; "" when it is well. */
  readonly next: string;
}

export interface Probe {
  readonly asked: Asked;
  /** @param signal aborted when the time is over. @throws whatever goes wrong. */
  readonly ask: (signal: AbortSignal) => Promise<ProbeResult>;
}

export function well(saw: string): ProbeResult {
  return { isWell: true, saw, next: "" };
}

export function notWell(saw: string, next: string): ProbeResult {
  return { isWell: false, saw, next };
}

/** Asks, and waits so long at most, whatever it is that hangs. */
export async function probeWithin({ asked, ask }: Probe, timeoutMs: number): Promise<ProbeResult> {
  const late = AbortSignal.timeout(timeoutMs);
  const over = new Promise<ProbeResult>((resolve) => {
    late.addEventListener("abort", () => resolve(tooLate(asked, timeoutMs)));
  });
  const result = ask(late).catch(
    (error: unknown) => unreachable(error, asked) ?? notWell(messageOf(error), `see ${asked.setting}.`),
  );
  return Promise.race([result, over]);
}
