/** What a person can do with tasks: one or many, by button and by key alike. */
import { useQueryClient } from "@tanstack/react-query";
import { post } from "../api/client.ts";
import { useMe } from "../api/me.ts";
import { refresh } from "../api/refresh.ts";
import type { Task } from "../api/types.ts";
import { useAct } from "../parts/act.ts";
import { taskName } from "../words/tasks.ts";
import { plural } from "../words/time.ts";
import { finish } from "./finishing.ts";

export interface TaskActions {
  readonly claim: (tasks: readonly Task[]) => Promise<boolean>;
  readonly release: (tasks: readonly Task[]) => Promise<boolean>;
  readonly snooze: (tasks: readonly Task[], untilMs: number, words: string) => Promise<boolean>;
  readonly handOver: (tasks: readonly Task[], to: string) => Promise<boolean>;
  readonly complete: (tasks: readonly Task[], note: string) => void;
  readonly isBusy: boolean;
}

export function useTaskActions(): TaskActions {
  const me = useMe();
  const client = useQueryClient();
  const { run, isBusy } = useAct();
  const topics = ["tasks", "task", "overview", "contact", "why"] as const;
  const again = () => void refresh(client, new Set(topics));
  const each = async (tasks: readonly Task[], verb: (id: number) => Promise<unknown>) => {
    for (const { id } of tasks) await verb(id);
  };
  const claimOne = (id: number) => post("/api/tasks/{id}/claim", { path: { id } });
  const releaseOne = (id: number) => post("/api/tasks/{id}/release", { path: { id } });
  const snoozeOne = (id: number, untilMs: number) =>
    post("/api/tasks/{id}/snooze", { path: { id }, body: { untilMs } });

  return {
    isBusy,
    claim: (tasks) => {
      const free = tasks.filter(({ worker }) => worker !== me);
      return run(() => each(free, claimOne), {
        said: `${nameOf(tasks)} ${tasks.length === 1 ? "is" : "are"} yours.`,
        undo: () => void run(() => each(free, releaseOne), { said: "Given back.", topics }),
        topics,
      });
    },
    release: (tasks) =>
      run(() => each(tasks, releaseOne), {
        said: `${nameOf(tasks)} given back.`,
        undo: () => void run(() => each(tasks, claimOne), { said: "Claimed again.", topics }),
        topics,
      }),
    snooze: (tasks, untilMs, words) =>
      run(() => each(tasks, (id) => snoozeOne(id, untilMs)), {
        said: `${nameOf(tasks)} snoozed ${words}.`,
        undo: () =>
          void run(
            async () => {
              for (const { id, dueAt } of tasks) await snoozeOne(id, dueAt);
            },
            { said: "Due as before.", topics },
          ),
        topics,
      }),
    handOver: (tasks, to) =>
      run(() => each(tasks, (id) => post("/api/tasks/{id}/hand-over", { path: { id }, body: { to } })), {
        said: `${nameOf(tasks)} handed over to ${to}.`,
        topics,
      }),
    complete: (tasks, note) =>
      finish(
        tasks.map(({ id }) => id),
        note,
        `${nameOf(tasks)} done.`,
        { undone: again, done: again },
      ),
  };
}

function nameOf(tasks: readonly Task[]): string {
  const [only] = tasks;
  return tasks.length === 1 && only !== undefined ? `“${taskName(only.kind)}”` : plural(tasks.length, "task");
}

/** Moments to snooze to, from this one on: in an hour, tomorrow and Monday at nine. */
export function snoozeChoices(now: number): readonly { readonly words: string; readonly untilMs: number }[] {
  const at = (days: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    date.setHours(9, 0, 0, 0);
    return date.getTime();
  };
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { words: "for an hour", untilMs: now + 3_600_000 },
    { words: "for four hours", untilMs: now + 4 * 3_600_000 },
    { words: "until tomorrow at nine", untilMs: at(1) },
    { words: "until Monday at nine", untilMs: at(toMonday) },
    { words: "for a week", untilMs: at(7) },
  ];
}
