/**
 * A task is marked as done a few seconds after the click, so that it can be taken back: the engine has no way to open a
 * finished task again (docs/decisions/0072). Who closes the page meanwhile has it done at once.
 */
import { useSyncExternalStore } from "react";
import { address, post } from "../api/client.ts";
import { say, sayTrouble } from "../parts/toasts.tsx";

export const UNDO_MS = 5_000;

interface Finishing {
  readonly ids: readonly number[];
  readonly note: string;
  readonly timer: ReturnType<typeof setTimeout>;
  readonly done: (failed: readonly number[]) => void;
}

const waiting = new Set<Finishing>();
let hidden: ReadonlySet<number> = new Set();
const listeners = new Set<() => void>();

function show(): void {
  hidden = new Set([...waiting].flatMap(({ ids }) => ids));
  for (const listener of listeners) listener();
}

/** Tasks that are as good as done, by id. */
export function useFinishing(): ReadonlySet<number> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hidden,
  );
}

/** @param done hears when it is on record, and which of them could not be finished. */
export function finish(
  ids: readonly number[],
  note: string,
  said: string,
  { undone, done }: { readonly undone?: () => void; readonly done: (failed: readonly number[]) => void },
): void {
  const entry: Finishing = { ids, note, done, timer: setTimeout(() => void send(entry), UNDO_MS) };
  waiting.add(entry);
  show();
  say(
    said,
    () => {
      clearTimeout(entry.timer);
      if (!waiting.delete(entry)) return;
      show();
      undone?.();
    },
    UNDO_MS,
  );
}

/** Puts everything on record that still waits for its undo. */
export async function finishAll(): Promise<void> {
  await Promise.all([...waiting].map(send));
}

async function send(entry: Finishing): Promise<void> {
  clearTimeout(entry.timer);
  const failed: number[] = [];
  for (const id of entry.ids) {
    try {
      await post("/api/tasks/{id}/complete", { path: { id }, body: { result: resultOf(entry.note) } });
    } catch (error) {
      failed.push(id);
      sayTrouble(error);
    }
  }
  waiting.delete(entry);
  entry.done(failed);
  show();
}

function resultOf(note: string): { note: string } | null {
  return note.trim() === "" ? null : { note: note.trim() };
}

// A page that goes away cannot wait for answers; the browser sends these all the same.
addEventListener("pagehide", () => {
  for (const { ids, note, timer } of waiting) {
    clearTimeout(timer);
    for (const id of ids) {
      void fetch(address("/api/tasks/{id}/complete", { path: { id } }), {
        method: "POST",
        keepalive: true,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ result: resultOf(note) }),
      });
    }
  }
  waiting.clear();
});
