/** `millrace mail show`. */
import type { Shown } from "../shows.ts";
import { harmless, list, moment } from "../text.ts";

const MAX_PIECE_LENGTH = 400;

export function show({ terminal, result }: Shown<"inboundMessage">): void {
  const { id, receivedAt, from, author, subject, state, why, contact, event, steps, pieces, headers, followed } =
    result;
  terminal.data(
    list([
      ["message", String(id)],
      ["at", `${moment(receivedAt)} UTC`],
      ["from", from],
      ...(author === null || author === from ? [] : [["written by", author] as const]),
      ["subject", subject],
      ["state", `${state}: ${why}`],
      ["contact", contact ?? "none"],
      ["event", event === null ? "none" : String(event)],
      ...steps.map(({ step, found }) => [step, found] as const),
      ...pieces.map(({ what, text }) => [what === "own" ? "their words" : `cut: ${what}`, shortened(text)] as const),
      ...followed.events.map(({ position, type }) => ["followed", `event ${position} ${type}`] as const),
      ...followed.tasks.map(
        (task) => ["followed", `task ${task.id} ${task.kind} (${task.state.toLowerCase()})`] as const,
      ),
    ]),
  );
  if (headers !== null) terminal.data(`\n${headers.split(/\r?\n/).map(harmless).join("\n")}`);
  terminal.say(
    event === null
      ? "Nothing followed from it."
      : `See what followed: millrace events why ${event}. Wrong? millrace replies read-again ${event} CLASS`,
  );
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > MAX_PIECE_LENGTH ? `${line.slice(0, MAX_PIECE_LENGTH)}…` : line;
}
