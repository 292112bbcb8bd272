/** `millrace agents pause`. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"pauseAgent">): void {
  terminal.data(`${result.agent} is stopped. Its tasks wait and use up no attempt.`);
  terminal.say(`Next: millrace agents resume ${result.agent}`);
}
