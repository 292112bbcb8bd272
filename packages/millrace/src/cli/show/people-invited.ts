/** `millrace people add|invite`: the link, behind the address people use. */
import type { Shown } from "../shows.ts";

export function show({ terminal, result }: Shown<"addPerson" | "invitePerson">): void {
  terminal.data(result.path);
  terminal.say(
    `Signs ${result.name} in (${result.roles.join(", ")}), once, within 24 hours, behind the console's address.`,
  );
}
