/** `millrace contacts lift-opt-out` and `lift-suppression`: that a contact may be written to again. */
import type { Shown } from "../shows.ts";

export function show({ terminal, name, result, by }: Shown<"liftOptOut" | "liftSuppression">): void {
  const what = name === "liftOptOut" ? "opt-out" : "suppression";
  terminal.data(`${result.contact}  ${what} lifted`);
  terminal.say(`By ${by.name}. Next: millrace contacts show ${result.contact}`);
}
