/** All tasks of a filter at once: counted first, then tried again or called off. */
import { useState } from "react";
import { post } from "../api/client.ts";
import { useAct } from "../parts/act.ts";
import { Button } from "../parts/basics.tsx";
import { say } from "../parts/toasts.tsx";
import { plural } from "../words/time.ts";

const TOPICS = ["tasks", "task", "overview"] as const;

export function FilterVerbs({
  state,
  kind,
}: {
  readonly state: string | undefined;
  readonly kind: string | undefined;
}) {
  const { run, isBusy } = useAct();
  const [counted, setCounted] = useState<{ verb: "retry" | "cancel"; count: number; view: string }>();
  const view = `${state}:${kind}`;
  // Calling off everything that is open is for the command line: here a kind has to be chosen.
  const verb = state === "FAILED" ? "retry" : state === undefined && kind !== undefined ? "cancel" : undefined;
  if (verb === undefined) return null;
  const ask = (dryRun: boolean) =>
    verb === "retry"
      ? post("/api/tasks/retry", { body: { state: "FAILED", ...(kind === undefined ? {} : { kind }), dryRun } })
      : post("/api/tasks/cancel", { body: { state: "open", kind, reason: "called off in the console", dryRun } });
  const count = () => void run(async () => setCounted({ verb, count: countIn(await ask(true)), view }), { topics: [] });
  const doIt = () =>
    void run(
      async () => {
        const done = countIn(await ask(false));
        say(verb === "retry" ? `${plural(done, "task")} tried again.` : `${plural(done, "task")} called off.`);
      },
      { topics: TOPICS },
    ).then(() => setCounted(undefined));
  if (counted?.view !== view || counted.verb !== verb) {
    return (
      <Button disabled={isBusy} onClick={count}>
        {verb === "retry" ? "Try all again…" : "Call all off…"}
      </Button>
    );
  }
  return (
    <span className="acts">
      {counted.count === 0 ? (
        <span>None is meant.</span>
      ) : (
        <Button look={verb === "retry" ? "main" : "danger"} disabled={isBusy} onClick={doIt}>
          {verb === "retry"
            ? `Try ${plural(counted.count, "task")} again`
            : `Call ${plural(counted.count, "task")} off`}
        </Button>
      )}
      <Button onClick={() => setCounted(undefined)}>Not yet</Button>
    </span>
  );
}

/** The answer says how many were meant, as a count or as a list. */
function countIn(answer: unknown): number {
  const { count, tasks } = (answer ?? {}) as { count?: number; tasks?: number | readonly unknown[] };
  if (typeof count === "number") return count;
  return typeof tasks === "number" ? tasks : (tasks?.length ?? 0);
}
