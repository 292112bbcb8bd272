/** The keys of the verbs press the buttons of the task that is shown, so that key and button never differ. */
import type { KeyMap } from "../parts/keys.ts";

const VERBS = { c: "claim", d: "done", r: "release", s: "snooze" } as const;

export const verbKeys: KeyMap = Object.fromEntries(
  Object.entries(VERBS).map(([key, verb]) => [key, () => press(verb)]),
);

function press(verb: string): void {
  const button = document.querySelector<HTMLButtonElement>(`main [data-verb="${verb}"]:not(:disabled)`);
  button?.focus();
  button?.click();
}
