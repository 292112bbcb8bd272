/** The states a list or a page can be in beside having something to show: loading, empty, no match, an error. */
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { ApiError } from "../api/client.ts";
import { Button } from "./basics.tsx";

const SKELETON_AFTER_MS = 150;

/** Rows of nothing in the shape of what will come, only when it takes long enough to be noticed. */
export function Loading({ rows = 4, label = "Loading" }: { readonly rows?: number; readonly label?: string }) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div className="skeletons" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
        <div className="skeleton" key={i} aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}

/** Why there is nothing, and what to do about it. */
export function Empty({ children, command }: { readonly children: ReactNode; readonly command?: string }) {
  return (
    <p className="empty">
      {children}
      {command !== undefined && (
        <>
          {" "}
          <code>{command}</code>
        </>
      )}
    </p>
  );
}

/** What failed, and what to do next. */
export function Trouble({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const known = error instanceof ApiError ? error : undefined;
  return (
    <div className="trouble" role="alert">
      <strong>{known?.message ?? "This could not be shown."}</strong> Next: {known?.next ?? "reload the page."}{" "}
      {again !== undefined && (
        <Button look="quiet" onClick={again}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** What a question gave: its skeleton, its trouble, or its answer. An answer that is there stays while it is asked again. */
export function Answered<T>({
  query,
  rows,
  children,
}: {
  readonly query: UseQueryResult<T>;
  readonly rows?: number;
  readonly children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Trouble error={query.error} again={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  if (query.isError) return <Trouble error={query.error} again={() => void query.refetch()} />;
  return <Loading rows={rows ?? 4} />;
}
