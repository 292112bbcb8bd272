/** `millrace contacts correct <contact> <property> <value>`: what stood there, and what stands there now. */
import type { Shown } from "../shows.ts";
import { short } from "../text.ts";

export function show({ terminal, result, by }: Shown<"correctContact">): void {
  const { contact, event, changes } = result;
  for (const [property, { from, to }] of Object.entries(changes))
    terminal.data(`${property}  ${worded(from)} → ${worded(to)}`);
  terminal.say(`Corrected by ${by.name}, as event ${event}. Next: millrace contacts show ${contact}`);
}

function worded(value: unknown): string {
  return value === null ? "none" : `"${short(value)}"`;
}
