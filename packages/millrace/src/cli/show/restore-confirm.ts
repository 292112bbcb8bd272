/** `millrace restore confirm`. */
import type { Shown } from "../shows.ts";
import { counted } from "../text.ts";

export function show({ terminal, result: { emails, cancelled } }: Shown<"confirmRestore">): void {
  terminal.data(
    emails === "send"
      ? "Confirmed. Everything may leave again, with the e-mails that waited."
      : `Confirmed. ${counted(cancelled, "e-mail")} cancelled; everything else may leave again.`,
  );
}
