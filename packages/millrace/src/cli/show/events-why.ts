/** `millrace events why`: the chain of causes behind an event, a task, an e-mail or an alert, and what each link decided. */
import type { Shown } from "../shows.ts";
import { short } from "../text.ts";
import { chainText } from "../why-text.ts";

export function show({ terminal, result }: Shown<"explainEvent" | "explainTask">): void {
  terminal.data(chainText(result, terminal));
  if (result.effects.length === 0) return;
  terminal.data("It led to:");
  for (const effect of result.effects) terminal.data(`  ${effect.position}  ${effect.type}  ${short(effect.data, 80)}`);
}
