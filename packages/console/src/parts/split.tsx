/** A list beside what is chosen in it; on a phone one after the other. */
import type { ReactNode } from "react";
import { Button } from "./basics.tsx";

export function Split({
  list,
  detail,
  hint,
}: {
  readonly list: ReactNode;
  /** Undefined: nothing is chosen. */
  readonly detail: ReactNode | undefined;
  /** What is said where nothing is chosen; undefined where nothing can be. */
  readonly hint: string | undefined;
}) {
  // Beside an empty list an empty card would only be something to wonder about.
  const isAlone = detail === undefined && hint === undefined;
  return (
    <div className={`split${isAlone ? " alone" : ""}${detail === undefined ? "" : " has-detail"}`}>
      <div className="split-list">{list}</div>
      {!isAlone && <div className="split-detail">{detail ?? <p className="empty">{hint}</p>}</div>}
    </div>
  );
}

/** How many new rows wait; they are shown when asked for. */
export function FreshPill({ fresh, onRelease }: { readonly fresh: number; readonly onRelease: () => void }) {
  return (
    <Button look="quiet" className="pill" onClick={onRelease}>
      {fresh} new
    </Button>
  );
}
