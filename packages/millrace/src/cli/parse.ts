/** Values of options, from the text they were written as. */
import { CliError } from "./exit-codes.ts";

export function wholeNumber(name: string, range: { from: number; to: number }): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= range.from && value <= range.to) return value;
    throw new CliError(
      "usage",
      `${name} "${text}" is not a whole number from ${range.from} to ${range.to}.`,
      `write e.g. ${name} ${range.from}.`,
    );
  };
}

export const parseLimit = wholeNumber("--limit", { from: 1, to: 10_000 });
export const parsePort = wholeNumber("--port", { from: 0, to: 65_535 });

/** "5/s", "300/min" or "5": per second. */
export function parseRate(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(?:\/(s|sec|second|m|min|minute))?$/.exec(text);
  const perSecond = match === null ? 0 : Number(match[1]) / (match[2]?.startsWith("m") ? 60 : 1);
  if (perSecond > 0 && perSecond <= 10_000) return perSecond;
  throw new CliError("usage", `--rate "${text}" is not a rate.`, "write e.g. --rate 5/s, or --rate 300/min.");
}

const AGO: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "30m", "2h", "7d" before now, or a moment in ISO 8601; in milliseconds. @param flag the option it is the value of. */
export function parseSince(text: string, flag = "--since", now = Date.now()): number {
  return momentOf(text, flag, (ms) => now - ms);
}

/** "30m", "2h", "7d" from now, or a moment in ISO 8601; in milliseconds. */
export function parseFuture(text: string, flag: string, now = Date.now()): number {
  return momentOf(text, flag, (ms) => now + ms);
}

function momentOf(text: string, flag: string, from: (ms: number) => number): number {
  const match = /^(\d+)([smhd])$/.exec(text);
  const unit = AGO[match?.[2] ?? ""];
  const isDate = /^\d{4}-\d{2}/.test(text);
  const at = unit === undefined ? (isDate ? Date.parse(text) : Number.NaN) : from(Number(match?.[1]) * unit);
  if (Number.isFinite(at)) return at;
  throw new CliError("usage", `${flag} "${text}" is no time.`, `write e.g. ${flag} 30m, 2h, 7d or "2026-03-02T09:00".`);
}

/** How dates are written in a file. */
export function parseDateOrder(text: string): "dmy" | "mdy" {
  if (text === "dmy" || text === "mdy") return text;
  throw new CliError(
    "usage",
    `--dates "${text}" is no order.`,
    "write --dates dmy (day first) or --dates mdy (month first).",
  );
}

/** The id of a task, or the position of an event. */
export function parseId(what: string, text: string | undefined): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new CliError("usage", `"${text ?? ""}" is not the number of ${what}.`, "give the number that the list shows.");
}

/** JSON, or "-" for what stands on stdin. */
export function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(
      "usage",
      `${what} is not JSON: ${(error as Error).message}.`,
      `quote it for the shell, e.g. '{"email":"ada@example.com"}'.`,
    );
  }
}

/** What an MCP server may do beside reading. */
export function parseAllowed(text: string): readonly ("change" | "destructive")[] {
  const words = text.split(",").map((word) => word.trim());
  const wrong = words.find((word) => word !== "change" && word !== "destructive");
  if (wrong === undefined) return words as ("change" | "destructive")[];
  throw new CliError(
    "usage",
    `--allow "${wrong}" is nothing it could be allowed.`,
    "write change, or change,destructive.",
  );
}
