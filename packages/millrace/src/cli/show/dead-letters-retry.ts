/** `millrace dead-letters retry <id>`, or `--all`: what was set aside is decided or taken again. */
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Shown } from "../shows.ts";

type Retried = Shown<"retryDeadLetter" | "retryDeadLetters">;

export function show({ terminal, ...shown }: Retried): void {
  const all = retriedOf(shown);
  const failed = all.filter(({ error }) => error !== null);
  for (const { id, error } of failed) terminal.say(`${id}: ${error}`);
  terminal.say(`${all.length - failed.length} of ${all.length} taken.`);
}

export function document(shown: Retried): unknown {
  return { retried: retriedOf(shown) };
}

export function exitCode(shown: Retried): ExitCode {
  return retriedOf(shown).some(({ error }) => error !== null) ? EXIT.failure : EXIT.ok;
}

function retriedOf({ input, result }: Pick<Retried, "input" | "result">) {
  if ("retried" in result) return result.retried;
  return [{ id: "id" in input ? Number(input.id) : 0, error: null }];
}
