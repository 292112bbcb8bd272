/** A finding of the linter as a line: "workflows/hot.ts:14:7  error  unknown_event  …". */
import { relative } from "node:path";
import type { Finding } from "../workflows/lint.ts";
import type { Terminal } from "./terminal.ts";

export function findingLine(finding: Finding, terminal: Terminal): string {
  const level = terminal.noted(finding.level === "error" ? "red" : "yellow", finding.level);
  return `${nearPlace(finding.at)}  ${level}  ${finding.code}  ${finding.message}`;
}

/** "/home/ada/leads/workflows/hot.ts:14:7" as "workflows/hot.ts:14:7" */
export function nearPlace(at: string): string {
  const near = relative(process.cwd(), at);
  return near.startsWith("..") ? at : near;
}
