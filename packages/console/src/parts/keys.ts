/** Single keys: off while someone types or a dialog is open, and for good for who switches them off (WCAG 2.1.4). */
import { useEffect, useRef } from "react";

export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const OFF = "millrace.keys-off";

export function areKeysOn(): boolean {
  return localStorage.getItem(OFF) === null;
}

export function switchKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
}

/** Listens for keys by their name, e.g. "j", "Enter", "?". A key of a part on screen later wins over the same of one before. */
export function useKeys(keys: KeyMap, isOn = true): void {
  const newest = useRef(keys);
  newest.current = keys;
  useEffect(() => {
    if (!isOn) return;
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isElsewhere(event)) return;
      const does = newest.current[event.key];
      if (does === undefined || (event.key.length === 1 && !areKeysOn())) return;
      event.preventDefault();
      does(event);
    };
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, [isOn]);
}

/** Whether the key belongs to what has the focus: a field, a dialog, a menu; Enter and space also to links and buttons. */
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  if (target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu]") !== null) return true;
  if (document.querySelector("[role=dialog]:not([data-keys])") !== null) return true;
  return (event.key === "Enter" || event.key === " ") && target.closest("a, button, summary") !== null;
}
