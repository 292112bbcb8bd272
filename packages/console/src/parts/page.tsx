/** The frame of every screen: its heading, what can be done with all of it, and its name in the browser's tab. */
import { type ReactNode, useEffect, useRef } from "react";
import { afterPaint } from "./after-paint.ts";
import { Button } from "./basics.tsx";
import { copy } from "./copy.ts";
import { Icon } from "./icons.tsx";

export function Page({
  title,
  about,
  actions,
  command,
  csv,
  children,
  className = "",
}: {
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  /** The command that shows the same on the command line. */
  readonly command?: string;
  /** Where all of the list is a CSV file, with the same filters. */
  readonly csv?: string | undefined;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === "Today" ? "Millrace" : `${title} – Millrace`;
    // Once it is seen: to have the focus, all of a screen has to be laid out (27 ms of a first screen's 230).
    return afterPaint(() => {
      // Who came by a link or a key is at the new screen's beginning; who is typing or came by a reload stays.
      const { activeElement } = document;
      if (activeElement === null || activeElement === document.body || isGone(activeElement))
        heading.current?.focus({ preventScroll: true });
    });
  }, [title]);
  return (
    <div className={`page ${className}`}>
      <header className="page-head">
        <div className="page-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {about !== undefined && <p className="about">{about}</p>}
        </div>
        <div className="acts">
          {actions}
          {csv !== undefined && (
            <a className="button quiet" href={csv} download title="Save all rows of this list as a CSV file">
              <Icon name="download" size={14} />
              Export CSV
            </a>
          )}
          {command !== undefined && (
            <Button look="quiet" icon="copy" onClick={() => void copy(command, "Command copied.")} title={command}>
              Copy as command
            </Button>
          )}
        </div>
      </header>
      {children}
    </div>
  );
}

/** Links of the navigation keep the focus after they were used: the screen's heading should have it. */
function isGone(element: Element): boolean {
  return element.closest("nav, [role=dialog]") !== null;
}
