/**
 * Edges at which a process may be ended, made to fail or held up, to see that nothing is lost or doubled there. Armed by the
 * environment alone: `MILLRACE_FAILPOINTS="after-positions=kill:3,before-claim=delay:500"`. Used by `npm run chaos` and
 * test/faults/failpoints.test.ts; read when the process starts, so that one that is not armed costs the call of an empty function.
 *
 * - `kill:n`   the process ends (SIGKILL) the nth time it comes by. Default 1.
 * - `throw:n`  an Error is thrown the nth time. Default 1.
 * - `delay:ms` the whole process stands still so long, each time. Default 1,000.
 */

/** Every edge there is, each in one place of the code. */
export const FAILPOINTS = [
  "after-log-lock",
  "before-positions",
  "after-positions",
  "before-append",
  "after-append",
  "before-door-written",
  "after-door-written",
  "before-wake-up",
  "after-batch-read",
  "before-batch-written",
  "before-cursor-moved",
  "after-batch-written",
  "before-claim",
  "after-claim",
  "before-agent",
  "after-agent",
  "before-result",
  "before-result-rows",
  "after-result",
  "before-step",
  "after-step",
  "before-email-sending",
  "after-email-sending",
  "before-smtp-end",
  "after-smtp-accepted",
  "before-email-abandoned",
  "before-alert-delivered",
  "after-alert-delivered",
  "before-crm-batch",
  "after-crm-batch",
  "after-crm-recorded",
  "before-webhook-kept",
  "after-webhook-kept",
  "before-webhook-taken",
  "after-webhook-taken",
  "before-event-delivered",
  "after-event-delivered",
  "before-timer-fired",
  "after-timer-fired",
  "before-rescue",
  "after-mail-stated",
  "before-inbox-cursor",
  "after-inbox-cursor",
  "before-erasure-history",
  "before-erasure-recorded",
  "after-erasure",
  "before-migration",
  "after-migration",
  "before-backup-kept",
  "before-restore-kept",
  "before-bulk-taken",
  "after-bulk-taken",
  "before-buffer-flushed",
  "after-leadership",
] as const;

export type Failpoint = (typeof FAILPOINTS)[number];

interface Armed {
  readonly action: "kill" | "throw" | "delay";
  readonly amount: number;
}

/** Comes by an edge. Does nothing unless the environment has armed it. */
export const failpoint: (name: Failpoint) => void = crossing(process.env.MILLRACE_FAILPOINTS);

/**
 * @param wanted as in the environment; undefined or empty: nothing is armed.
 * @throws TypeError for a name, an action or a number that is none: the process does not start.
 */
export function crossing(wanted: string | undefined): (name: Failpoint) => void {
  if (wanted === undefined || wanted === "") return () => {};
  const armed = new Map(wanted.split(",").map(armedBy));
  const times = new Map<Failpoint, number>();
  return (name) => {
    const arm = armed.get(name);
    if (arm === undefined) return;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    if (arm.action === "delay") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, arm.amount);
    else if (time === arm.amount) act(arm.action, name);
  };
}

function armedBy(one: string): readonly [Failpoint, Armed] {
  const [, name, action, amount] = /^([a-z-]+)=(kill|throw|delay)(?::(\d{1,7}))?$/.exec(one.trim()) ?? [];
  const isKnown = (FAILPOINTS as readonly (string | undefined)[]).includes(name);
  if (!isKnown || action === undefined) {
    throw new TypeError(
      `MILLRACE_FAILPOINTS has "${one}". Expected NAME=kill:n, NAME=throw:n or NAME=delay:ms, with a name of base/failpoint.ts. Next: correct or unset it.`,
    );
  }
  const most = action === "delay" ? 1_000 : 1;
  return [name as Failpoint, { action: action as Armed["action"], amount: Number(amount ?? most) }];
}

function act(action: "kill" | "throw", name: Failpoint): void {
  if (action === "throw") throw new Error(`Failpoint ${name}.`);
  process.kill(process.pid, "SIGKILL");
  // The signal comes from outside the thread: nothing more is done until it is there.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
