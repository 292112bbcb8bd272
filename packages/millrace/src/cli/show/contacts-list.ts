/** `millrace contacts list|search`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

export function show({ terminal, result, input }: Shown<"contacts">): void {
  const { contacts } = result;
  if (contacts.length === 0) {
    const wanted = input.q === undefined ? "No contacts yet." : `No contact with "${input.q}".`;
    terminal.say(`${wanted} Next: millrace contacts list, or send some leads with \`millrace demo\``);
    return;
  }
  const rows = contacts.map(({ id, properties, createdAt, openTasks }) => [
    text(properties.email) || id,
    [properties.firstname, properties.lastname].map(text).filter(Boolean).join(" "),
    text(properties.company),
    text(properties.lead_score),
    text(properties.lead_band),
    openTasks.map(({ kind }) => kind).join(", "),
    moment(createdAt),
  ]);
  terminal.data(table(["WHO", "NAME", "COMPANY", "SCORE", "BAND", "OPEN", "SINCE (UTC)"], rows));
  terminal.say(`${counted(contacts.length, "contact")}. Next: millrace contacts explain <who>`);
}

function text(value: unknown): string {
  return value === null || value === undefined ? "" : String(value);
}
