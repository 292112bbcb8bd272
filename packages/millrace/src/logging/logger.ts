/**
 * The log: what an operator reads while the engine runs. JSON lines (pino) where a program reads them, short lines on a
 * terminal. Passed in by who starts an engine; the default writes to standard error.
 */
import { group, oneOf, setting } from "../settings/setting.ts";
import { type Destination, TextLogger } from "./text-logger.ts";

/** What the engine needs of a logger. One of pino is one; so is any other with these four. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface LogSettings {
  /** What is written to standard error; debug has a line for each request. One of "debug", "info", "warn", "error", "silent". Default: "info". Environment: MILLRACE_LOG_LEVEL. */
  readonly level?: LogLevel;
  /** "auto": text on a terminal, JSON lines elsewhere. One of "auto", "json", "text". Default: "auto". Environment: MILLRACE_LOG_FORMAT. */
  readonly format?: "auto" | "json" | "text";
}

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

export const logSettings = group({
  level: setting(
    "What is written to standard error; debug has a line for each request.",
    oneOf("debug", "info", "warn", "error", "silent").default("info"),
    { env: "MILLRACE_LOG_LEVEL" },
  ),
  format: setting('"auto": text on a terminal, JSON lines elsewhere.', oneOf("auto", "json", "text").default("auto"), {
    env: "MILLRACE_LOG_FORMAT",
  }),
});

/** The usual logger. pino is loaded only when JSON is written: that takes 40 ms. */
export async function createLogger(
  settings: LogSettings = {},
  destination: Destination = process.stderr,
): Promise<Logger> {
  const { level, format } = logSettings.parse(settings);
  const isText = format === "text" || (format === "auto" && destination.isTTY === true);
  if (isText) return new TextLogger(level, destination);
  const { pino, stdSerializers } = await import("pino");
  const options = {
    level,
    base: { pid: process.pid, name: "millrace" },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: stdSerializers.err },
  };
  return pino(options, destination) as Logger;
}
