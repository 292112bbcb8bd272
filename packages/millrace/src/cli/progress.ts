/** A bar on stderr while a person watches; a line at the end in any case. Nothing is drawn into pipes and logs. */
import type { Terminal } from "./terminal.ts";

export interface ProgressBar {
  /** @param done 0 to 1. */
  to(done: number, note: string): void;
  end(note: string): void;
}

const STEPS = 100;

export async function progressBar(terminal: Terminal, title: string): Promise<ProgressBar> {
  if (!terminal.isWatched) return { to: () => {}, end: (note) => terminal.say(note) };
  const { progress } = await import("@clack/prompts");
  const bar = progress({ max: STEPS, output: process.stderr, indicator: "timer" });
  bar.start(title);
  let drawn = 0;
  return {
    to(done, note) {
      const step = Math.floor(Math.min(1, done) * STEPS);
      bar.advance(Math.max(0, step - drawn), note);
      drawn = Math.max(drawn, step);
    },
    end: (note) => bar.stop(note),
  };
}
