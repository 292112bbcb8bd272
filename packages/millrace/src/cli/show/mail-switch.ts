/** `millrace mail status|pause|resume`: the switch of all e-mail. */
import type { Shown } from "../shows.ts";
import { counted, moment } from "../text.ts";

export function show({ terminal, result: state }: Shown<"mail" | "pauseMail" | "resumeMail">): void {
  const since = state.changedAt === null ? "" : ` since ${moment(state.changedAt)}, by ${state.changedBy}`;
  terminal.data(state.isPaused ? `Mail is paused${since}: ${state.reason}` : `Mail leaves${since}.`);
  terminal.say(`${counted(state.waiting, "e-mail")} waiting.`);
}
