/** New rows never move what someone is reading: while a list is held, rows change in place and new ones wait behind a button. */
import { useCallback, useEffect, useRef, useState } from "react";

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

interface Shown<T> {
  readonly view: string;
  /** All there were. */
  readonly items: readonly T[];
  /** Those of them that were shown. */
  readonly rows: readonly T[];
}

/** Who has scrolled so far is reading, with a finger on a phone or by keyboard too. */
const READING_PX = 200;

/** The button stands outside the list: it must still be there for who goes from the list to it. */
const LEAVING_MS = 2_000;

const NOTHING = { view: "", items: [], rows: [] };

/** @param view what decides which list it is: another filter shows its own rows at once. */
export function useHeldList<T>(items: readonly T[], keyOf: (item: T) => string | number, view: string): HeldList<T> {
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [, redraw] = useState(0);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(leaving.current), []);
  const shown = useRef<Shown<T>>(NOTHING);

  const isRead = isPointed || isFocused || scrollY > READING_PX;
  const isHeld = isRead && shown.current.view === view && shown.current.rows.length > 0;
  // A list that is not held shows what there is, and most turns bring nothing new: a list may have 100,000 rows.
  const isKnown = shown.current.items === items;
  const rows = !isHeld ? items : isKnown ? shown.current.rows : heldRows(shown.current.rows, items, keyOf);
  shown.current = { view, items, rows };

  const release = useCallback(() => {
    shown.current = NOTHING;
    redraw((count) => count + 1);
  }, []);
  return {
    rows,
    fresh: items.length - rows.length,
    release,
    holders: {
      onPointerEnter: () => {
        clearTimeout(leaving.current);
        setPointed(true);
      },
      onPointerLeave: () => {
        leaving.current = setTimeout(() => setPointed(false), LEAVING_MS);
      },
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  };
}

/** The rows that are shown as they are now, without those that are gone, and after them what came behind the last. */
function heldRows<T>(shown: readonly T[], items: readonly T[], keyOf: (item: T) => string | number): readonly T[] {
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  const old = new Set(shown.map(keyOf));
  // Pages that were asked for come at the end, and move nothing.
  const lastKnown = items.findLastIndex((item) => old.has(keyOf(item)));
  const kept = shown.map((item) => byKey.get(keyOf(item))).filter((item) => item !== undefined);
  return [...kept, ...items.slice(lastKnown + 1)];
}
