/** `millrace mail conversation <who>`. */
import type { Shown } from "../shows.ts";
import { moment } from "../text.ts";

export function show({ terminal, result }: Shown<"conversation">): void {
  for (const message of result.messages) {
    if (message.direction === "out")
      terminal.data(
        `${moment(message.at)}  we (${message.state}${message.reason === null ? "" : `: ${message.reason}`})  ${message.subject}`,
      );
    else
      terminal.data(`${moment(message.at)}  they${readingOf(message)}  ${message.subject}  [reply ${message.reply}]`);
    terminal.data(message.text.replace(/^/gm, "    "));
  }
  const { whyNot } = result;
  terminal.say(
    whyNot === null ? "Next: millrace mail reply <who> <key> --text …" : `An e-mail would not leave: ${whyNot}`,
  );
}

function readingOf({
  reading,
}: {
  readonly reading: { readonly class: string; readonly confidence: number } | null;
}): string {
  return reading === null ? "" : ` (${reading.class}, ${Math.round(reading.confidence * 100)} %)`;
}
