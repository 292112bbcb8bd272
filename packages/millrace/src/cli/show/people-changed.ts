/** `millrace people roles|remove`. */
import type { Shown } from "../shows.ts";

export function show({ terminal, input, result }: Shown<"changeRoles" | "removePerson">): void {
  terminal.data("roles" in result ? `${result.name}: ${result.roles.join(", ")}` : `${input.name} is out.`);
  terminal.say("It holds at once, in every process. Next: millrace people list");
}
