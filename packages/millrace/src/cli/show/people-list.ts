/** `millrace people list`. */
import type { Shown } from "../shows.ts";
import { moment, table } from "../text.ts";

export function show({ terminal, result }: Shown<"people">): void {
  const rows = result.people.map((person) => [
    person.name,
    person.roles.join(", "),
    String(person.sessions),
    waysOf(person),
    moment(person.createdAt),
    person.removedAt === null ? "" : `removed ${moment(person.removedAt)}`,
  ]);
  terminal.data(table(["NAME", "ROLES", "SESSIONS", "SIGNS IN BY", "SINCE (UTC)", ""], rows));
  terminal.say(`${rows.length === 1 ? "1 person" : `${rows.length} people`}. Next: millrace people add <name> <roles>`);
}

function waysOf({ hasPassword, passkeys }: Shown<"people">["result"]["people"][number]): string {
  const ways = [...(hasPassword ? ["password"] : []), ...(passkeys > 0 ? ["passkey"] : [])];
  return ways.length === 0 ? "link only" : ways.join(", ");
}
