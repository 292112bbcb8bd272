/** `millrace agents accept-tools`. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"acceptMcpTools">): void {
  terminal.say(`${result.tools.join(", ")} of ${result.server}: agents use it as it is now.`);
}
