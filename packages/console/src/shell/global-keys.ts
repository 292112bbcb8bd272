/** Keys that work on every screen: the palette, the sheet of keys, undo, and `g` with a letter to go somewhere. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { areKeysOn, useKeys } from "../parts/keys.ts";
import { undoLast } from "../parts/toasts.tsx";
import { ALL_SCREENS } from "./screens.ts";

/** How long `g` waits for its letter. */
const SECOND_KEY_MS = 1_200;

export type Overlay = "palette" | "keys";

/** Keys for the palette that came before its field was there. */
export interface EarlyKeys {
  readonly text: string;
  /** Enter was among them: it ends the words. */
  readonly isEntered: boolean;
}

const NO_EARLY_KEYS: EarlyKeys = { text: "", isEntered: false };

export function usePalette() {
  const [opened, setOpened] = useState<Overlay>();
  const navigate = useNavigate();
  const went = useRef(0);
  /** What is typed before the palette is there and has the focus. */
  const [early, setEarly] = useState(NO_EARLY_KEYS);
  const isAwaited = opened === "palette";

  useEffect(() => {
    if (!isAwaited) return;
    const listener = (event: KeyboardEvent) => {
      const isEnter = event.key === "Enter";
      if (event.metaKey || event.ctrlKey || event.altKey || !(isEnter || event.key.length === 1) || isInPalette())
        return;
      event.preventDefault();
      event.stopImmediatePropagation();
      setEarly(({ text }) => (isEnter ? { text, isEntered: true } : { text: text + event.key, isEntered: false }));
    };
    addEventListener("keydown", listener, { capture: true });
    return () => {
      removeEventListener("keydown", listener, { capture: true });
      setEarly(NO_EARLY_KEYS);
    };
  }, [isAwaited]);

  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpened((before) => (before === "palette" ? undefined : "palette"));
        return;
      }
      // Before any screen's own keys hear the letter.
      if (Date.now() - went.current > SECOND_KEY_MS || event.metaKey || event.ctrlKey || event.altKey) return;
      went.current = 0;
      const screen = ALL_SCREENS.find(({ key }) => key === event.key);
      if (screen === undefined || !areKeysOn()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void navigate({ to: screen.path as never });
    };
    addEventListener("keydown", listener, { capture: true });
    return () => removeEventListener("keydown", listener, { capture: true });
  }, [navigate]);

  useKeys({
    g: () => {
      went.current = Date.now();
    },
    "?": () => setOpened("keys"),
    "/": () => focusSearch() || setOpened("palette"),
    z: () => void undoLast(),
  });
  return { opened, setOpened, early };
}

function isInPalette(): boolean {
  return document.activeElement?.closest(".palette") != null;
}

/** A screen with a search of its own is searched; on others the palette opens. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("main input[type=search]");
  field?.focus();
  return field !== null;
}
