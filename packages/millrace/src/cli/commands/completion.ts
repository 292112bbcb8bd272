/** `millrace completion <shell>`: the script that lets a shell complete commands and options; it asks `millrace complete` on each Tab. */
import tab from "@bomb.sh/tab";
import { didYouMean } from "../../base/errors.ts";
import type { Call } from "../command.ts";
import { CliError } from "../exit-codes.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"];

export async function run({ words }: Call): Promise<void> {
  const [shell = ""] = words;
  if (!SHELLS.includes(shell)) {
    throw new CliError(
      "usage",
      `There is no completion for "${shell}".${didYouMean(shell, SHELLS)}`,
      `write one of ${SHELLS.join(", ")}.`,
    );
  }
  tab.setup("millrace", "millrace", shell);
}
