/** Short lines for a person at a terminal: "error  runner: connection lost". */
import { styleText } from "node:util";
import { messageOf } from "../base/errors.ts";
import type { Logger, LogLevel } from "./logger.ts";

export interface Destination {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

const ORDER: readonly LogLevel[] = ["debug", "info", "warn", "error", "silent"];
const COLOURS = { debug: "gray", info: "cyan", warn: "yellow", error: "red" } as const;

export class TextLogger implements Logger {
  readonly #least: number;
  readonly #destination: Destination;

  constructor(level: LogLevel, destination: Destination) {
    this.#least = ORDER.indexOf(level);
    this.#destination = destination;
  }

  debug(fields: object, message: string): void {
    this.#write("debug", fields, message);
  }

  info(fields: object, message: string): void {
    this.#write("info", fields, message);
  }

  warn(fields: object, message: string): void {
    this.#write("warn", fields, message);
  }

  error(fields: object, message: string): void {
    this.#write("error", fields, message);
  }

  #write(level: keyof typeof COLOURS, fields: object, message: string): void {
    if (ORDER.indexOf(level) < this.#least) return;
    const error = "err" in fields ? `: ${messageOf(fields.err)}` : "";
    const word = this.#destination.isTTY === true ? styleText(COLOURS[level], level) : level;
    this.#destination.write(`${word}  ${message}${error}\n`);
  }
}
