/** `millrace agents resume`. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"resumeAgent">): void {
  terminal.data(result.wasStopped ? `${result.agent} works again.` : `${result.agent} was not stopped.`);
}
