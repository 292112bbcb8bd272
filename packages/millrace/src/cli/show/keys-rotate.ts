/** `millrace keys rotate`. */
import type { Shown } from "../shows.ts";
import { moment } from "../text.ts";

export function show({ terminal, result }: Shown<"rotateApiKey">): void {
  terminal.data(result.key);
  terminal.say(
    `The new secret of ${result.name}. It is shown this once. The old one works until ${moment(result.oldUntil)}.`,
  );
}
