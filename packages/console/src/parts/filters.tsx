/** Filters that write to the address: tabs, a search field, a choice. */

import { useLocation } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { countWords } from "../words/time.ts";
import { PageLink, useAddress } from "./address.tsx";

const TYPING_MS = 200;

export interface Tab {
  readonly value: string;
  readonly words: string;
  readonly count?: number | undefined;
}

/** A row of views; the chosen one stands in the address under `name`, the preset one does not. */
export function Tabs({
  label,
  name,
  tabs,
  current,
  preset,
}: {
  readonly label: string;
  readonly name: string;
  readonly tabs: readonly Tab[];
  readonly current: string;
  readonly preset: string;
}) {
  const [search] = useAddress();
  const { pathname } = useLocation();
  const { task: _, open: __, ...rest } = search;
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(({ value, words, count }) => (
        <span key={value} className={value === current ? "tab current" : "tab"}>
          <PageLink to={pathname} search={{ ...rest, [name]: value === preset ? undefined : value }}>
            {words}
            {count !== undefined && <span className="count"> {countWords(count)}</span>}
          </PageLink>
        </span>
      ))}
    </nav>
  );
}

/** Typing is in the address a moment later, without a step in the history each. */
export function SearchField({
  label,
  name = "q",
  placeholder,
}: {
  readonly label: string;
  readonly name?: string;
  readonly placeholder?: string;
}) {
  const [search, change] = useAddress();
  const asked = search[name] ?? "";
  const [text, setText] = useState(asked);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (document.activeElement !== field.current) setText(asked);
  }, [asked]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <search className="search">
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        autoComplete="off"
        maxLength={200}
        value={text}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => change({ [name]: next.trim() || undefined }, "replace"), TYPING_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {name === "q" && <kbd>/</kbd>}
    </search>
  );
}

/** A choice that stands in the address under `name`; "" is everything. */
export function Choice({
  label,
  name,
  options,
}: {
  readonly label: string;
  readonly name: string;
  readonly options: readonly (readonly [value: string, words: string])[];
}) {
  const [search, change] = useAddress();
  return (
    <label className="field-inline">
      <span>{label}</span>
      <select
        value={search[name] ?? ""}
        onChange={(event) => change({ [name]: event.target.value || undefined }, "replace")}
      >
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
