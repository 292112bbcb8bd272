/** `millrace dead-letters retry <id>`, or `--all`: what became of each event that was set aside. */
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Shown } from "../shows.ts";
import { counted } from "../text.ts";

type Retried = Shown<"retryDeadLetter" | "retryDeadLetters">;

export function show({ terminal, ...shown }: Retried): void {
  const { count, dryRun, retried } = document(shown);
  if (dryRun) {
    terminal.data(`${counted(count, "dead letter")} match.`);
    terminal.say("Nothing was done. Next: the same without --dry-run");
    return;
  }
  const failed = retried.filter(({ error }) => error !== null);
  for (const { id, error } of retried) terminal.data(`${id}: ${error ?? "taken"}`);
  const left = count - retried.length;
  const more = left === 0 ? "" : ` ${left.toLocaleString("en-US")} more wait: run it again.`;
  terminal.say(
    `${retried.length - failed.length} of ${retried.length} taken, ${failed.length} set aside still.${more}`,
  );
}

export function document({ input, result }: Pick<Retried, "input" | "result">) {
  if ("retried" in result) return result;
  return { count: 1, dryRun: false, retried: [{ id: "id" in input ? Number(input.id) : 0, error: null }] };
}

export function exitCode(shown: Retried): ExitCode {
  return document(shown).retried.some(({ error }) => error !== null) ? EXIT.failure : EXIT.ok;
}
