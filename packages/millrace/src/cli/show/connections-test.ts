/** `millrace connections test <connection>`: whether it is there and takes our credentials; exit 1 when not. */
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Shown } from "../shows.ts";
import { harmless, span } from "../text.ts";

type Tested = Shown<"testConnection">;

export function show({ terminal, result: { connection, isWell, saw, next, ms } }: Tested): void {
  const state = terminal.styled(isWell ? "green" : "red", isWell ? "well" : "failed");
  terminal.data(`${harmless(connection)}  ${state}  ${harmless(saw)}  (${span(ms)})`);
  if (next !== "") terminal.say(`Next: ${harmless(next)}`);
}

export function document({ result, engine }: Tested): unknown {
  return { engine: engine ?? null, ...result };
}

export function exitCode({ result }: Tested): ExitCode {
  return result.isWell ? EXIT.ok : EXIT.failure;
}
