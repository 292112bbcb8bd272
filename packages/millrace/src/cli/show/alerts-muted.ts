/** `millrace alerts mute` and `alerts unmute`: which alerts stay away from their channels for a while, or come again. */
import type { Shown } from "../shows.ts";
import { harmless, moment } from "../text.ts";

export function show({ terminal, input, result, by }: Shown<"muteAlerts" | "unmuteAlerts">): void {
  const which = harmless(`${input.name} to ${input.audience}`);
  if ("ok" in result) {
    terminal.data(`${which}  not muted any more`);
    terminal.say(`Unmuted by ${by.name}. Next: millrace alerts groups`);
    return;
  }
  terminal.data(
    `${which}  muted ${result.until === null ? "until it is unmuted" : `until ${moment(result.until)} UTC`}`,
  );
  terminal.say(
    `Muted by ${by.name}. Next, to end it: millrace alerts unmute ${harmless(`${input.audience} ${input.name}`)}`,
  );
}
