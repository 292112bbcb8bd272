/** The mail's switch in words, for the commands that show or turn it. */
import type { MailSwitch } from "../outreach/mail-switch.ts";
import type { Terminal } from "./terminal.ts";
import { counted, moment } from "./text.ts";

export function showSwitch(terminal: Terminal, state: MailSwitch): void {
  if (terminal.isJson) {
    terminal.document(state);
    return;
  }
  const since = state.changedAt === null ? "" : ` since ${moment(state.changedAt)}, by ${state.changedBy}`;
  terminal.data(state.isPaused ? `Mail is paused${since}: ${state.reason}` : `Mail leaves${since}.`);
  terminal.say(`${counted(state.waiting, "e-mail")} waiting.`);
}
