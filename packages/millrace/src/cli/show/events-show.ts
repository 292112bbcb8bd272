/** `millrace events show <position>`: one event, whole. */
import type { Shown } from "../shows.ts";
import { list, moment } from "../text.ts";

export function show({ terminal, result: event }: Shown<"event">): void {
  const pairs = [
    ["position", String(event.position)],
    ["type", event.type],
    ["at", moment(event.occurredAt)],
    ["contact", event.contact ?? "none"],
    ["by", event.actor],
    ["cause", event.cause === null ? "from outside" : `event ${event.cause}, in the cascade of ${event.root}`],
  ] as const;
  terminal.data(list(pairs));
  // JSON.stringify writes control characters as escapes, so this is safe to show.
  terminal.data(`data ${JSON.stringify(event.data, null, 2)}`);
}
