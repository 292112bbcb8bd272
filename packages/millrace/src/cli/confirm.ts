/** Asks a person before something that cannot be taken back. Scripts say --yes. */
import { CliError } from "./exit-codes.ts";
import type { Terminal } from "./terminal.ts";

/** Resolves when it may be done. @throws CliError usage where no one can be asked; interrupted when the person says no. */
export async function confirm(terminal: Terminal, isAgreed: boolean, question: string): Promise<void> {
  if (isAgreed) return;
  if (!terminal.isWatched || process.stdin.isTTY !== true)
    throw new CliError("usage", "Nobody is here to be asked, and this cannot be taken back.", "add --yes.");
  const prompts = await import("@clack/prompts");
  const answer = await prompts.confirm({ message: question, initialValue: false, output: process.stderr });
  if (answer !== true)
    throw new CliError("interrupted", "Nothing was done.", "run it again and say yes, or add --yes.");
}
