/** `millrace contacts show <who>`. */
import type { Shown } from "../shows.ts";
import { list, moment, short } from "../text.ts";

export function show({ terminal, result: contact }: Shown<"contact">): void {
  const properties = Object.entries(contact.properties).map(([name, value]) => [name, String(value)] as const);
  terminal.data(list([["id", contact.id], ["since", moment(contact.createdAt)], ...properties]));
  terminal.data("Its path:");
  for (const step of contact.path)
    terminal.data(`${String(step.position).padStart(6)}  ${moment(step.at)}  ${step.type}  ${short(step.data, 80)}`);
}
