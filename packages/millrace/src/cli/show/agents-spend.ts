/** `millrace agents spend`. */
import { usd } from "../../models/models.ts";
import type { Shown } from "../shows.ts";
import { counted, table } from "../text.ts";

export function show({ terminal, result }: Shown<"modelSpend">): void {
  const { spend, totalUsd, todayUsd, capPerDayUsd } = result;
  const rows = spend.map(
    ({ agent, prompt, model, calls, answered, inputTokens, cachedTokens, outputTokens, costUsd }) => [
      agent,
      prompt,
      model,
      String(calls),
      String(answered),
      `${inputTokens.toLocaleString("en-US")} (${cachedTokens.toLocaleString("en-US")})`,
      outputTokens.toLocaleString("en-US"),
      usd(costUsd),
    ],
  );
  if (rows.length > 0) {
    terminal.data(table(["AGENT", "PROMPT", "MODEL", "CALLS", "ANSWERED", "TOKENS IN (CACHED)", "OUT", "COST"], rows));
  }
  const cap =
    capPerDayUsd === null ? "no model is set in this config" : `${usd(todayUsd)} of ${usd(capPerDayUsd)} today`;
  const calls = spend.reduce((sum, row) => sum + row.calls, 0);
  terminal.say(`${counted(calls, "call")}, ${usd(totalUsd)}; ${cap}.`);
}
