/** What a page did with its main thread: the gaps between its frames, and its longest tasks. Runs within the page. */
import type { Page } from "playwright-core";

export interface Frames {
  readonly count: number;
  /** Shares of all, 0 to 1. */
  readonly over16: number;
  readonly over50: number;
  readonly longestMs: number;
  /** Tasks of the main thread over 50 ms, as the browser reports them. */
  readonly longTasks: number;
  readonly longestTaskMs: number;
}

/** The browser's clock is rounded; a frame is late when it is half a millisecond later than it may be. */
const FRAME_MS = 1_000 / 60 + 0.5;

export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(`{
    const seen = (window.benchFrames = { gaps: [], tasks: [], isOn: true });
    let last = performance.now();
    const tick = (now) => { seen.gaps.push(now - last); last = now; if (seen.isOn) requestAnimationFrame(tick); };
    requestAnimationFrame((now) => { last = now; requestAnimationFrame(tick); });
    seen.observer = new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) seen.tasks.push(duration); });
    seen.observer.observe({ type: "longtask" });
    undefined;
  }`);
}

export async function framesOf(page: Page): Promise<Frames> {
  const { gaps, tasks } = (await page.evaluate(`(() => {
    const { gaps, tasks, observer } = window.benchFrames;
    for (const { duration } of observer.takeRecords()) tasks.push(duration);
    window.benchFrames.isOn = false;
    return { gaps, tasks };
  })()`)) as { gaps: number[]; tasks: number[] };
  const share = (ms: number) => gaps.filter((gap) => gap > ms).length / Math.max(1, gaps.length);
  return {
    count: gaps.length,
    over16: share(FRAME_MS),
    over50: share(50),
    longestMs: Math.max(0, ...gaps),
    longTasks: tasks.length,
    longestTaskMs: Math.max(0, ...tasks),
  };
}
