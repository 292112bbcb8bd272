/** The live line to the log: one EventSource while the page is seen. It goes on where it was cut off, and says when it is. */
import type { LoggedEvent } from "./types.ts";

export type LineState = "connecting" | "live" | "lost";

export interface StreamListener {
  readonly onEvent: (event: LoggedEvent) => void;
  readonly onState: (state: LineState) => void;
}

const RETRY_MS = 3_000;
/** A browser keeps six connections to a host over HTTP/1.1: a tab that is not looked at gives its one back. */
const HIDDEN_MS = 30_000;

/**
 * @param after position of the newest event known already.
 * @returns a function that ends it.
 */
export function follow(after: number, { onEvent, onState }: StreamListener): () => void {
  let position = after;
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hide: ReturnType<typeof setTimeout> | undefined;

  const begin = () => {
    end();
    const line = new EventSource(`/api/stream?after=${position}`);
    source = line;
    line.addEventListener("ready", () => onState("live"));
    line.addEventListener("message", (message) => {
      const event = JSON.parse(message.data) as LoggedEvent;
      position = event.position;
      onEvent(event);
    });
    line.addEventListener("error", () => {
      onState("lost");
      // A browser tries again by itself unless it was refused.
      if (line.readyState === EventSource.CLOSED) retry = setTimeout(begin, RETRY_MS);
    });
  };
  const end = () => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const onVisibility = () => {
    clearTimeout(hide);
    if (document.visibilityState === "hidden") hide = setTimeout(end, HIDDEN_MS);
    else if (source === undefined) begin();
  };

  begin();
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    clearTimeout(hide);
    document.removeEventListener("visibilitychange", onVisibility);
    end();
  };
}
