/** What may wait until a person sees something. */

/** A tab that is hidden draws no frames, and goes on all the same. */
const HIDDEN_MS = 500;
const IDLE_MS = 2_000;

/** Does it once the next frame has been drawn. @returns what calls it off. */
export function afterPaint(act: () => void): () => void {
  let isOver = false;
  const once = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    act();
  };
  const timer = setTimeout(once, HIDDEN_MS);
  // A frame's own callbacks are called before it is drawn.
  const frame = requestAnimationFrame(() => setTimeout(once));
  return () => {
    isOver = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}

/** Does it when nothing else is to be done, within two seconds. @returns what calls it off. */
export function whenIdle(act: () => void): () => void {
  // Safari has no such callback.
  if (typeof requestIdleCallback === "undefined") return afterPaint(act);
  const asked = requestIdleCallback(act, { timeout: IDLE_MS });
  return () => cancelIdleCallback(asked);
}
