/**
 * A button whose menu or sheet comes behind the first screen. What opens it is a kit of 120 KB of script that a page of 526 KB need
 * not wait for. Until then the button is one like any other; pressed, it opens as soon as it can.
 */
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { whenIdle } from "../parts/after-paint.ts";
import { sayTrouble } from "../parts/toasts.tsx";

/** What makes a button one that opens something. */
export interface Pressed {
  readonly onClick: () => void;
  readonly "aria-haspopup": "menu" | "dialog";
  readonly "aria-expanded": false;
}

/** @param load gives what draws the button with what it opens. */
export function OpensLater<Whole>({
  kind,
  load,
  button,
  whole,
}: {
  readonly kind: "menu" | "dialog";
  readonly load: () => Promise<Whole>;
  readonly button: (pressed: Pressed) => ReactNode;
  readonly whole: (loaded: Whole, isOpen: boolean) => ReactNode;
}) {
  const [loaded, setLoaded] = useState<{ readonly it: Whole; readonly isOpen: boolean; readonly hasFocus: boolean }>();
  const place = useRef<HTMLSpanElement>(null);
  const isWanted = useRef(false);
  const come = useCallback(async () => {
    const it = await load();
    const hasFocus = place.current?.contains(document.activeElement) ?? false;
    setLoaded((before) => before ?? { it, isOpen: isWanted.current, hasFocus });
  }, [load]);

  // Where the engine is away just then, it is asked again when the button is pressed.
  useEffect(() => whenIdle(() => void come().catch(() => undefined)), [come]);
  useLayoutEffect(() => {
    if (loaded?.hasFocus) place.current?.querySelector("button")?.focus();
  }, [loaded]);

  const onClick = () => {
    isWanted.current = true;
    come().catch(sayTrouble);
  };
  return (
    <span ref={place} className="as-its-content">
      {loaded === undefined
        ? button({ onClick, "aria-haspopup": kind, "aria-expanded": false })
        : whole(loaded.it, loaded.isOpen)}
    </span>
  );
}
