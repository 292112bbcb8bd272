/** Short messages about what was done, said to screen readers too; the last one may offer to take it back. */
import { useSyncExternalStore } from "react";
import { ApiError } from "../api/client.ts";
import { Button, IconButton } from "./basics.tsx";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "plain" | "bad";
  readonly undo?: (() => void) | undefined;
}

const SHOWN_MS = 6_000;
const KEPT = 3;
let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function add(toast: Omit<Toast, "id">, shownMs: number): () => void {
  const id = nextId++;
  change([...toasts.slice(1 - KEPT), { ...toast, id }]);
  const timer = setTimeout(() => dismiss(id), shownMs);
  return () => {
    clearTimeout(timer);
    dismiss(id);
  };
}

function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

/** @param undo what takes it back. @returns a function that takes the message away. */
export function say(text: string, undo?: () => void, shownMs = SHOWN_MS): () => void {
  return add({ text, tone: "plain", undo }, shownMs);
}

export function sayTrouble(error: unknown): void {
  const text =
    error instanceof ApiError ? `${error.message} Next: ${error.next}` : "That did not work. Next: try again.";
  add({ text, tone: "bad" }, 12_000);
}

/** Takes back what was done last, where that is still offered. @returns whether it was. */
export function undoLast(): boolean {
  const last = newestToUndo();
  if (last !== undefined) takeBack(last);
  return last !== undefined;
}

function newestToUndo(): Toast | undefined {
  return toasts.findLast(({ undo }) => undo !== undefined);
}

function takeBack({ id, undo }: Toast): void {
  undo?.();
  dismiss(id);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  const byKey = newestToUndo();
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className={`toast ${toast.tone}`}>
          <span>{toast.text}</span>
          {toast.undo !== undefined && (
            <Button look="quiet" shortcut={toast === byKey ? "z" : undefined} onClick={() => takeBack(toast)}>
              Undo
            </Button>
          )}
          <IconButton icon="close" label="Dismiss" onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
