/** The small parts of every screen: chips, scores, times, facts, buttons. */
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { bandTone, type Tone } from "../words/states.ts";
import { agoWords, dueWords } from "../words/time.ts";
import { useNow } from "./clock.ts";
import { Icon, type IconName } from "./icons.tsx";

export function Chip({ tone = "dim", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`chip ${tone}`}>{children}</span>;
}

/** A score with its band in words, never by colour alone. */
export function Score({ score, band }: { readonly score: unknown; readonly band?: unknown }) {
  if (typeof score !== "number") return <span className="chip dim">no score</span>;
  const text = `${Math.round(score)}${band ? ` ${band}` : ""}`;
  return <span className={`chip ${band === undefined ? "score" : bandTone(band)}`}>{text}</span>;
}

/** A time: relative, kept current, exact on hover. `due` says overdue and turns red. */
export function When({ at, kind = "ago" }: { readonly at: number; readonly kind?: "ago" | "due" }) {
  const now = useNow();
  const date = new Date(at);
  const isLate = kind === "due" && at < now;
  return (
    <time
      className={isLate ? "time late" : "time"}
      dateTime={date.toISOString()}
      title={`${date.toLocaleString("en-GB")} (${date.toISOString().replace("T", " ").slice(0, 19)} UTC)`}
    >
      {kind === "due" ? dueWords(at, now) : agoWords(at, now)}
    </time>
  );
}

export interface ButtonOptions extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: "main" | "plain" | "quiet" | "danger";
  readonly icon?: IconName;
  /** The key that does the same, shown small. */
  readonly shortcut?: string | undefined;
}

export function Button({ look = "plain", icon, shortcut, children, className, ...rest }: ButtonOptions) {
  return (
    <button
      type="button"
      {...rest}
      className={`button ${look}${className === undefined ? "" : ` ${className}`}`}
      {...(shortcut === undefined ? {} : { "aria-keyshortcuts": shortcut })}
    >
      {icon !== undefined && <Icon name={icon} size={14} />}
      {children}
      {shortcut !== undefined && <kbd>{shortcut}</kbd>}
    </button>
  );
}

/** A button that shows an icon alone; its name is for screen readers and the tooltip. */
export function IconButton({
  icon,
  label,
  ...rest
}: { icon: IconName; label: string } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button type="button" title={label} aria-label={label} {...rest} className={`icon-button ${rest.className ?? ""}`}>
      <Icon name={icon} />
    </button>
  );
}

/** On a phone a detail covers its list: the way back, where there is one. */
export function BackToList({ onBack }: { readonly onBack: (() => void) | undefined }) {
  if (onBack === undefined) return null;
  return <IconButton icon="back" label="Back to the list" className="on-phone" onClick={onBack} />;
}

/** Names and values; what has no value is left out. */
export function Facts({ of }: { readonly of: readonly (readonly [name: string, value: ReactNode])[] }) {
  const shown = of.filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== false);
  return (
    <dl className="facts">
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A text as it was written, which may be long: it scrolls, and can be reached by keyboard to do so. */
export function Scrolled({
  label,
  className = "scrolled",
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled box has to be reachable by keyboard.
    <section className={className} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** What the engine keeps, for who wants to see it as it is. */
export function Raw({ data, title = "Data" }: { readonly data: unknown; readonly title?: string }) {
  return (
    <details className="raw">
      <summary>{title}</summary>
      <Scrolled label={title} className="scrolled code">
        {JSON.stringify(data, null, 2)}
      </Scrolled>
    </details>
  );
}

export function Panel({
  title,
  count,
  hint,
  actions,
  className = "",
  children,
}: {
  readonly title: string;
  readonly count?: ReactNode;
  readonly hint?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={`panel ${className}`} aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        {count !== undefined && <span className="count">{count}</span>}
        {hint !== undefined && <span className="hint">{hint}</span>}
        {actions !== undefined && <span className="acts">{actions}</span>}
      </header>
      {children}
    </section>
  );
}
