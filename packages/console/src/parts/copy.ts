/** Copying, and where a list is as a file. */
import { address } from "../api/client.ts";
import type { paths } from "../api/schema.ts";
import { say } from "./toasts.tsx";

export async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(said);
  } catch {
    // Without https a browser lets no page write to the clipboard.
    say(`Copy this: ${text}`, undefined, 20_000);
  }
}

/** The lists the engine gives as CSV, by their address. */
type CsvPath = Extract<keyof paths, `${string}.csv`>;

/** Where all rows of a list are a file, with the filters it is shown by: also those no one has scrolled to. */
export function csvAddress(path: CsvPath, query: Readonly<Record<string, string | boolean | undefined>> = {}): string {
  return address(path, { query });
}

/** A word of a command, quoted when a shell would read it otherwise. */
export function shellWord(text: string): string {
  return /^[\w@.:/+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** @example commandOf("tasks list", { state: "failed", human: true }) // "millrace tasks list --state failed --human" */
export function commandOf(
  command: string,
  options: Readonly<Record<string, string | boolean | undefined>> = {},
): string {
  const parts = Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== false && value !== "")
    .map(([name, value]) => (value === true ? `--${name}` : `--${name} ${shellWord(String(value))}`));
  return ["millrace", command, ...parts].join(" ");
}
