/** What became of a draft that was approved, edited or refused. */
import type { Shown } from "../shows.ts";

type Decided = Shown<"approveDraft" | "editDraft" | "refuseDraft">;

export function show({ terminal, result, by }: Decided): void {
  terminal.data(`${result.id}  ${result.verdict}`);
  const next = result.task === null ? "" : ` Next: millrace tasks show ${result.task}`;
  const sent = result.task === null ? "Nothing is sent." : "The gates are asked again when it leaves.";
  terminal.say(`Draft ${result.id} ${result.verdict} by ${by.name}. ${sent}${next}`);
}
