/** `millrace emails arrived|resend`. */
import type { Shown } from "../shows.ts";

const SAID = { arrived: "Said to have arrived", send_again: "Sent again" } as const;

export function show({ terminal, result, by }: Shown<"decideEmail">): void {
  terminal.say(`${SAID[result.verdict]} by ${by.name}. Next: millrace tasks show ${result.task}`);
}
