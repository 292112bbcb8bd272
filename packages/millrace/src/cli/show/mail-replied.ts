/** `millrace mail reply`: the task that sends what was written, or that it was asked for before. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result: { task, event, isNew } }: Shown<"replyToContact">): void {
  terminal.data(`task ${task}  ${isNew ? "sends it" : "was asked for before by the same key: nothing was done now"}`);
  terminal.say(`On record as event ${event}. Next: millrace tasks show ${task}`);
}
