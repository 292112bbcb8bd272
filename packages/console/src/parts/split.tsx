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
  /** What is said where nothing is chosen. */
  readonly hint: string;
}) {
  return (
    <div className={detail === undefined ? "split" : "split has-detail"}>
      <div className="split-list">{list}</div>
      <div className="split-detail">{detail ?? <p className="empty">{hint}</p>}</div>
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
