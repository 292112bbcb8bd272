/** What a run has found: one table for people, one JSON document to keep. */
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Part, Settings } from "./piece.ts";

export interface Report {
  /** What was run: "all", "against", or the names of the pieces. Part of the file's name. */
  readonly kind: string;
  readonly at: string;
  readonly commit: string;
  readonly cpu: string;
  readonly cores: number;
  readonly postgres: string;
  readonly settings: Settings;
  readonly parts: Readonly<Record<string, Part>>;
}

export function reportOf(kind: string, postgres: string, settings: Settings, parts: Report["parts"]): Report {
  return {
    kind,
    at: new Date().toISOString(),
    commit: commitInWords(),
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    postgres,
    settings,
    parts,
  };
}

export function table(report: Report): string {
  const { at, kind, commit, cores, cpu, postgres } = report;
  const head = `${at}  ${kind}  commit ${commit}  ${cores} × ${cpu}  PostgreSQL ${postgres}, fsync on`;
  const labels = Object.values(report.parts).flatMap(({ lines }) => lines.map(([label]) => label.length));
  const width = Math.max(...labels) + 2;
  const parts = Object.entries(report.parts).map(([name, { lines }]) => {
    const rows = lines.map(([label, found]) => `  ${label === "" ? "" : label.padEnd(width)}${found}`);
    return [name, ...rows].join("\n");
  });
  return [head, ...parts].join("\n");
}

/** Keeps the figures as JSON, and the plots beside them. @returns the file of the figures. */
export async function keep(report: Report): Promise<string> {
  const folder = join(import.meta.dirname, "results");
  await mkdir(folder, { recursive: true });
  const name = `${report.at.replaceAll(":", "-").slice(0, 19)}-${report.kind}`;
  const file = join(folder, `${name}.json`);
  await writeFile(
    file,
    `${JSON.stringify(report, (key, value: unknown) => (key === "plot" ? undefined : value), 2)}\n`,
  );
  for (const [piece, { plot }] of Object.entries(report.parts))
    if (plot !== undefined)
      await writeFile(join(folder, `${name}${report.kind === piece ? "" : `-${piece}`}.svg`), plot);
  return file;
}

function commitInWords(): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, { encoding: "utf8", cwd: import.meta.dirname, stdio: ["ignore", "pipe", "ignore"] });
  try {
    const isChanged = git("status", "--porcelain", "--", ":!results").trim() !== "";
    return `${git("rev-parse", "--short", "HEAD").trim()}${isChanged ? " with changes" : ""}`;
  } catch {
    return "unknown";
  }
}
