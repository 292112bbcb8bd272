/** Keeps what is shown as fresh as the log: each event asks the questions again whose answers it may have changed. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import type { Subject } from "./endless.ts";
import { subjectsOf, type Topic, topicsOf } from "./freshness.ts";
import { catchUp, isAskedWhole, refresh } from "./refresh.ts";
import { follow, type LineState } from "./stream.ts";
import type { LoggedEvent } from "./types.ts";

/** The first event is on screen at once; of a stream of them, what has gathered since. */
const FIRST_MS = 40;
const BUSY_MS = 400;
/** More events than this between two looks: the engine is busy, and looks are further apart. */
const MANY = 100;
const VERY_BUSY_MS = 1_500;

interface Live {
  readonly state: LineState;
  /** When the last sign of life came, in milliseconds by this machine's clock. */
  readonly freshAt: number;
  readonly onEvent: (listener: (event: LoggedEvent) => void) => () => void;
}

const LiveContext = createContext<Live>({ state: "connecting", freshAt: 0, onEvent: () => () => {} });

/** The state of the live line, and a way to hear every event. */
export function useLive(): Live {
  return useContext(LiveContext);
}

/** Hears every event while the component is on screen. */
export function useEvents(listener: (event: LoggedEvent) => void): void {
  const { onEvent } = useLive();
  const newest = useRef(listener);
  newest.current = listener;
  useEffect(() => onEvent((event) => newest.current(event)), [onEvent]);
}

/** @param after position from which events are wanted: what was asked before it is asked anew when it changes. */
export function LiveProvider({ after, children }: { readonly after: number; readonly children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LineState>("connecting");
  const [freshAt, setFreshAt] = useState(() => Date.now());
  const listeners = useRef(new Set<(event: LoggedEvent) => void>());
  const [onEvent] = useState(() => (listener: (event: LoggedEvent) => void) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  });

  useEffect(() => {
    const refresher = refresherOf(client);
    const endCatchUp = catchUp(client);
    let wasLost = false;
    let lastAt = Date.now();
    const stop = follow(after, {
      onEvent: (event) => {
        lastAt = Date.now();
        refresher.take(event);
        for (const listener of listeners.current) listener(event);
      },
      onState: (next) => {
        setState(next);
        if (next === "lost" && !wasLost) setFreshAt(lastAt);
        if (next === "live") lastAt = Date.now();
        // Events that were missed come now, and long lists are asked for what those concern.
        if (next === "live" && wasLost) void client.invalidateQueries({ predicate: isAskedWhole });
        wasLost = next === "lost";
      },
    });
    return () => {
      stop();
      endCatchUp();
      refresher.stop();
    };
  }, [after, client]);

  return <LiveContext.Provider value={{ state, freshAt, onEvent }}>{children}</LiveContext.Provider>;
}

/** Many events ask for one look: what is wanted is asked together. */
function refresherOf(client: QueryClient) {
  const wanted = new Set<Topic>();
  const concerned = new Set<Subject>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lookedAt = 0;
  let events = 0;
  let looking: Promise<void> | undefined;
  let isStopped = false;

  const look = () => {
    timer = undefined;
    lookedAt = Date.now();
    const [topics, subjects] = [new Set(wanted), new Set(concerned)];
    wanted.clear();
    concerned.clear();
    events = 0;
    // One look at a time: of a long list many pages may have changed.
    looking = refresh(client, topics, subjects).finally(() => {
      looking = undefined;
      if (wanted.size > 0 && !isStopped) soon();
    });
  };
  const soon = () => {
    if (looking !== undefined) return;
    const pause = events > MANY ? VERY_BUSY_MS : BUSY_MS;
    timer ??= setTimeout(look, Math.max(FIRST_MS, lookedAt + pause - Date.now()));
  };
  return {
    take(event: LoggedEvent) {
      for (const topic of topicsOf(event)) wanted.add(topic);
      for (const subject of subjectsOf(event)) concerned.add(subject);
      events += 1;
      if (wanted.size > 0) soon();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
