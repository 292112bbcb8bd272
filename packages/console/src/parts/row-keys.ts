/** Moving through a list by key: j and k, the arrows; Enter opens. */
import { useCallback, useState } from "react";
import { type KeyMap, useKeys } from "./keys.ts";

/** @param view another view begins without a chosen row. @returns the chosen row, -1 for none. */
export function useRowKeys(count: number, onOpen: (index: number) => void, view: string, more: KeyMap = {}): number {
  const [state, setState] = useState({ view, index: -1 });
  const index = state.view === view ? Math.min(state.index, count - 1) : -1;
  const step = useCallback(
    (by: number) => {
      if (count > 0) setState({ view, index: Math.min(count - 1, Math.max(0, index + by)) });
    },
    [count, index, view],
  );
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => index >= 0 && onOpen(index),
    ...more,
  });
  return index;
}
