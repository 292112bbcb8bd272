/**
 * Ctrl-C and its kin. Most commands end at once with 130. Those that run an engine drain: the first signal asks them to
 * end, and they end with 0. Two signals within a second are one (npm and the terminal may both send it); a later second
 * one means "now".
 */
import { EXIT } from "./exit-codes.ts";

const ONE_SIGNAL_MS = 1_000;
const ASKING: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

const endAtOnce = () => process.exit(EXIT.interrupted);

/** For every command until it says otherwise: an exit and not a kill, so that an embedded database is asked to stop. */
export function endOnInterrupt(): void {
  process.on("SIGINT", endAtOnce);
}

/** The process that looks after this one (supervise.ts) is gone: an engine on its own would never be found again. */
function endWithSupervisor(end: (signal: NodeJS.Signals) => void): void {
  process.channel?.unref();
  process.once("disconnect", () => end("SIGTERM"));
}

/** Resolves with the first signal that asks this process to end; from then on a later one ends it without draining. */
export function untilAsked(): Promise<NodeJS.Signals> {
  process.off("SIGINT", endAtOnce);
  return new Promise((resolve) => {
    endWithSupervisor(resolve);
    let askedAt: number | undefined;
    for (const signal of ASKING) {
      process.on(signal, () => {
        if (askedAt === undefined) {
          askedAt = Date.now();
          resolve(signal);
        } else if (Date.now() - askedAt > ONE_SIGNAL_MS) {
          endAtOnce();
        }
      });
    }
  });
}

/** Of what a process that was asked to end may take beside its tasks: containers are killed ten seconds after they were asked. */
const MARGIN_MS = 2_500;

/**
 * Ends what runs, and the process, whatever hangs: what is not done by then is taken up by others when its lease is over.
 * @param drainMs how long tasks under way may take.
 */
export async function endInTime(
  stop: () => Promise<void>,
  drainMs: number,
  say: (text: string) => void,
): Promise<void> {
  const patience = setTimeout(() => {
    say(
      `It did not end within ${(drainMs + MARGIN_MS) / 1_000} s: something it waits for does not answer. It is left as it is; what was recorded is safe.`,
    );
    process.exit(EXIT.failure);
  }, drainMs + MARGIN_MS);
  try {
    await stop();
  } finally {
    clearTimeout(patience);
  }
}
