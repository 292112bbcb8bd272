/** Text for people: tables, times, and values from outside made harmless for a terminal. */
import { relative } from "node:path";

/** Rows under a heading, columns as wide as their longest cell; the last one is cut at the terminal's edge. */
export function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  width = process.stdout.columns ?? 0,
): string {
  const all = [heading, ...rows.map((row) => row.map(harmless))];
  const widths = heading.map((_, i) => Math.max(...all.map((row) => (row[i] ?? "").length)));
  const lines = all.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return lines.map((line) => (width > 0 && line.length > width ? `${line.slice(0, width - 1)}…` : line)).join("\n");
}

/** Names and values, one a line. */
export function list(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)}  ${harmless(value)}`).join("\n");
}

/** One line without control characters (C0, C1, bidi): what a form sends must not steer the terminal that shows it. */
export function harmless(text: string): string {
  return text.replace(/[\n\r\t]+/g, " ").replace(/[\p{Cc}\p{Bidi_Control}]/gu, "�");
}

/** "2026-03-02 09:00:00" in UTC. */
export function moment(ms: number | null): string {
  return ms === null ? "" : new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

/** "250 ms", "1.2 s", "4 min", "3 h", "2 d". */
export function span(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 48 * 3_600_000 ? `${Math.round(ms / 3_600_000)} h` : `${Math.round(ms / 86_400_000)} d`;
}

/** "1 event", "2 events". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}

/** A value in one short line. */
export function short(value: unknown, most = 120): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return harmless(text.length > most ? `${text.slice(0, most - 1)}…` : text);
}

/** A path as a person in the current folder would write it. */
export function near(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}

/** A command as the reader would type it: whoever came by `npm start` may have no `millrace` in the PATH. */
export function typed(command: string): string {
  if (process.env.npm_lifecycle_event === undefined) return `millrace ${command}`;
  return command === "start" ? "npm start" : command === "demo" ? "npm run demo" : `npx millrace ${command}`;
}
