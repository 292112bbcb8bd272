/** `millrace people end-sessions`. */
import type { Shown } from "../shows.ts";
import { counted } from "../text.ts";

export function show({ terminal, result }: Shown<"endSessions">): void {
  terminal.data(`${counted(result.ended.length, "session")} ended.`);
}
