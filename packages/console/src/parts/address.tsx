/** The address holds what is shown: filters, the selected row, what is open. A link shows the same to who is sent it. */
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useCallback } from "react";

/** All that may stand behind the question mark: texts only. */
export type Search = Readonly<Record<string, string | undefined>>;

/** "?band=hot&open=event:12" → { band: "hot", open: "event:12" } */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The reverse of `parseSearch`; what is undefined or empty is left out. */
export function writeSearch(search: Record<string, unknown>): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") parts.set(name, String(value));
  }
  return parts.size === 0 ? "" : `?${parts.toString().replaceAll("%3A", ":")}`;
}

/** Reads the address, and changes parts of it. `replace`: without a step in the history, for what is typed. */
export function useAddress(): [Search, (change: Search, how?: "push" | "replace") => void] {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const change = useCallback(
    (parts: Search, how: "push" | "replace" = "push") => {
      void navigate({
        to: ".",
        search: ((before: Search) => ({ ...before, ...parts })) as never,
        replace: how === "replace",
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [search, change];
}

export type OpenKind = "event" | "task" | "email" | "alert" | "inbound";

/** A link that opens the drawer here, and can be opened in a new tab as well. */
export function OpenLink({
  kind,
  id,
  className,
  children,
  label,
}: {
  readonly kind: OpenKind;
  readonly id: string | number;
  readonly className?: string;
  readonly children: ReactNode;
  readonly label?: string;
}) {
  return (
    <Link
      to="."
      search={((before: Search) => ({ ...before, open: `${kind}:${id}` })) as never}
      resetScroll={false}
      {...(className === undefined ? {} : { className })}
      {...(label === undefined ? {} : { "aria-label": label })}
    >
      {children}
    </Link>
  );
}

/** A link to another screen. @param search what its address holds. */
export function PageLink({
  to,
  search = {},
  className,
  children,
}: {
  readonly to: string;
  readonly search?: Search;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <Link to={to as never} search={search as never} {...(className === undefined ? {} : { className })}>
      {children}
    </Link>
  );
}

export function ContactLink({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return <PageLink to={`/console/contacts/${id}`}>{children}</PageLink>;
}
