/** `millrace replies read-again <position> <class>`: how the reply is read now, and what of the earlier reading is taken back. */
import type { Shown } from "../shows.ts";
import { list } from "../text.ts";

export function show({ terminal, result, by }: Shown<"readReplyAgain">): void {
  const { contact, class: name, events, tookBack, cancelled } = result;
  terminal.data(
    list([
      ["read as", name],
      ["taken back", tookBack.length === 0 ? "nothing" : tookBack.join(", ").replaceAll("_", " ")],
      ["tasks cancelled", cancelled.length === 0 ? "none" : cancelled.join(", ")],
      ["on record", `events ${events.join(", ")}`],
    ]),
  );
  terminal.say(`By ${by.name}. Next: millrace contacts show ${contact}`);
}
