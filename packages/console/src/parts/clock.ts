/** The engine's clock, not this machine's, moving on every few seconds for all times on screen together. */
import { useSyncExternalStore } from "react";

const TICK_MS = 5_000;
let behindMs = 0;
let ticked = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

/** @param serverNow the engine's clock at this moment. */
export function setServerClock(serverNow: number): void {
  behindMs = serverNow - Date.now();
}

export function now(): number {
  return Date.now() + behindMs;
}

/** The time it is, as of the last tick. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => ticked) + behindMs;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    ticked = Date.now();
    for (const one of listeners) one();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
