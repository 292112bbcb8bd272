/** New rows never move what someone is reading: while a list is held, rows change in place and new ones wait behind a button. */
import { useCallback, useRef, useState } from "react";

export interface HeldList<T> {
  readonly rows: readonly T[];
  /** How many new rows wait. */
  readonly fresh: number;
  /** Shows them. */
  readonly release: () => void;
  /** To be put on the list's element: who points at it or has the focus in it holds it. */
  readonly holders: {
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
}

/** @param view what decides which list it is: another filter shows its own rows at once. */
export function useHeldList<T>(items: readonly T[], keyOf: (item: T) => string | number, view: string): HeldList<T> {
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [, redraw] = useState(0);
  const shown = useRef<{ view: string; keys: readonly (string | number)[] }>({ view: "", keys: [] });

  const isHeld = (isPointed || isFocused) && shown.current.view === view && shown.current.keys.length > 0;
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  const old = new Set(shown.current.keys);
  // Pages that were asked for come at the end, and move nothing.
  const lastKnown = isHeld ? items.findLastIndex((item) => old.has(keyOf(item))) : -1;
  const keys = isHeld
    ? [...shown.current.keys, ...items.slice(lastKnown + 1).map(keyOf)].filter((key) => byKey.has(key))
    : items.map(keyOf);
  shown.current = { view, keys };
  const rows = keys.map((key) => byKey.get(key)).filter((item) => item !== undefined);

  const release = useCallback(() => {
    shown.current = { view: "", keys: [] };
    redraw((count) => count + 1);
  }, []);
  return {
    rows,
    fresh: items.length - rows.length,
    release,
    holders: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}
