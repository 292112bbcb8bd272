/** `millrace events list`. */
import type { Shown } from "../shows.ts";
import { counted, moment, table } from "../text.ts";

const MAX_DATA_LENGTH = 100;

export function show({ terminal, result, input }: Shown<"events">): void {
  const { events, scannedTo } = result;
  const rows = events.map(({ position, occurredAt, type, actor, data }) => [
    String(position),
    moment(occurredAt),
    type,
    actor,
    JSON.stringify(data).slice(0, MAX_DATA_LENGTH),
  ]);
  terminal.data(table(["POSITION", "AT (UTC)", "TYPE", "BY", "DATA"], rows));
  const further = input.after === undefined ? "--before" : "--after";
  terminal.say(
    scannedTo === null
      ? `${counted(events.length, "event")}. Next: millrace events show <position>`
      : `${counted(events.length, "event")} so far. Next: the same with ${further} ${scannedTo} looks further`,
  );
}
