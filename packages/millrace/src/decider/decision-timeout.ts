/**
 * The record of a decision that took too long: written by the watchdog thread when it ends the process, read and applied
 * at the next start (engine/apply-decision-timeout.ts).
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import type { DecisionUnderWay } from "./decision-name.ts";

export interface DecisionTimeout {
  readonly under: DecisionUnderWay;
  /** "file:line:column" of the function that ran. */
  readonly where: string;
  /** The name of the condition that was asked; undefined: something else of the workflow ran. */
  readonly condition: string | undefined;
  /** When it was found; milliseconds. */
  readonly at: number;
  /** Milliseconds of processor a decision may take. */
  readonly limitMs: number;
}

/** Durable when it returns: the process ends behind it. For this user alone, since it may hold forms. */
export function writeTimeout(file: string, timeout: DecisionTimeout): void {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  const descriptor = openSync(fresh, "w", 0o600);
  writeSync(descriptor, JSON.stringify(timeout));
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(fresh, file);
}

/** @returns undefined when there is none, or none that can be read. */
export function readTimeout(file: string): DecisionTimeout | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as DecisionTimeout;
  } catch {
    return undefined;
  }
}

export function removeTimeout(file: string): void {
  rmSync(file, { force: true });
}

/** What a person is told when the process ends. */
export function messageOfTimeout({ under, where, condition, limitMs }: Partial<DecisionTimeout>): string {
  const what =
    under === undefined
      ? "A workflow"
      : `The workflow "${under.workflow}" (${under.version}), asked about ${under.event.type},`;
  return `millrace: ${what} did not decide within ${limitMs} ms of processor time${placeWords(where, condition)}. The process ends. Next: start it again; the workflow is then left out, its events are set aside, and everything else goes on. Correct the workflow and save it.`;
}

/** Why the workflow is left out, for rows and people. */
export function reasonOf({ where, condition, limitMs }: DecisionTimeout): string {
  return `It did not decide within ${limitMs} ms of processor time${placeWords(where, condition)}.`;
}

function placeWords(where: string | undefined, condition: string | undefined): string {
  if (where === undefined) return "";
  return condition === undefined ? `, at ${where}` : `, at ${where}, in the condition "${condition}"`;
}
