/** The live line to the log. It goes on where it was cut off, and says when it is cut off. */

const RETRY_MS = 3_000;

/**
 * @param after position of the newest event known already.
 * @param onEvent told of each event. @param onState told "live" or "lost".
 * @returns a function that ends it.
 */
export function follow(after, onEvent, onState) {
  let position = after;
  let source;
  let timer;
  const begin = () => {
    source = new EventSource(`/api/stream?after=${position}`);
    source.addEventListener("ready", () => onState("live"));
    source.addEventListener("message", (message) => {
      const event = JSON.parse(message.data);
      position = event.position;
      onEvent(event);
    });
    source.addEventListener("error", () => {
      onState("lost");
      // A browser tries again by itself unless it was refused.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(begin, RETRY_MS);
    });
  };
  begin();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
