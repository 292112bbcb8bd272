/**
 * `millrace agents evaluate`: people's corrections asked of a model again, or of two side by side, with what that costs. Exit 5 where a case
 * is wrong with the second that is right with the first, or where fewer are right than `--min`: a gate for CI.
 */
import { readFile, writeFile } from "node:fs/promises";
import { type EvaluatedAgent, type EvaluationCase, evaluationCase } from "../../agents/evaluation/cases.ts";
import { type CaseResult, type Evaluation, evaluate, type Side } from "../../agents/evaluation/evaluate.ts";
import { systemClock } from "../../base/clock.ts";
import { didYouMean, MillraceError, messageOf } from "../../base/errors.ts";
import type { Database } from "../../db/database.ts";
import type { LoadedConfig } from "../../load-config/load-config.ts";
import { usd } from "../../models/models.ts";
import { letterCases, replyCases } from "../../queries/rows/evaluation-cases.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { CliError, EXIT, type ExitCode } from "../exit-codes.ts";
import { progressBar } from "../progress.ts";
import { openProject } from "../project.ts";
import type { Terminal } from "../terminal.ts";
import { counted, harmless, table } from "../text.ts";

interface Options {
  readonly model?: string;
  readonly prompt?: string;
  readonly against?: string;
  readonly againstPrompt?: string;
  readonly cases?: string;
  readonly save?: string;
  readonly limit: number;
  readonly maxUsd: string;
  readonly min?: string;
}

const CASES: Readonly<Record<EvaluatedAgent, (db: Database, limit: number) => Promise<EvaluationCase[]>>> = {
  reply_classifier: replyCases,
  outreach_agent: letterCases,
};
const AGENTS = Object.keys(CASES) as EvaluatedAgent[];

export async function run(call: Call<Options>): Promise<ExitCode> {
  const { terminal, words, options } = call;
  const agents = agentsOf(words[0]);
  const [maxUsd, min] = [amountOf("--max-usd", options.maxUsd), shareOf(options.min)];
  if (agents.length > 1 && (options.prompt ?? options.againstPrompt) !== undefined)
    throw new CliError("usage", "Instructions are an agent's own.", "name the agent: agents evaluate outreach_agent.");
  const loaded = await openProject(call, false);
  return withDatabase(loaded, async (db) => {
    const cases = await casesOf(db, agents, options);
    if (options.save !== undefined) return save(terminal, options.save, cases);
    if (cases.length === 0) return nothing(terminal);
    const evaluation = await asked(terminal, loaded, { db, cases, maxUsd, sides: await sidesOf(loaded, options) });
    const [first, second = first] = evaluation.sides;
    const share = (second?.right ?? 0) / (second?.asked || 1);
    const passes = evaluation.regressions.length === 0 && share >= min;
    if (terminal.isJson) terminal.document({ passes, ...evaluation });
    else show(terminal, evaluation, passes);
    return passes ? EXIT.ok : EXIT.difference;
  });
}

function agentsOf(name: string | undefined): readonly EvaluatedAgent[] {
  if (name === undefined) return AGENTS;
  const found = AGENTS.find((agent) => agent === name);
  if (found !== undefined) return [found];
  throw new CliError(
    "usage",
    `No cases are kept of "${name}".${didYouMean(name, AGENTS)}`,
    `write ${AGENTS.join(" or ")}.`,
  );
}

function amountOf(flag: string, text: string): number {
  const amount = Number(text);
  if (amount > 0 && amount <= 10_000) return amount;
  throw new CliError("usage", `${flag} "${text}" is no amount of US dollars.`, `write e.g. ${flag} 0.50.`);
}

function shareOf(text = "0"): number {
  const share = Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new CliError("usage", `--min "${text}" is no share from 0 to 1.`, "write e.g. --min 0.9.");
}

async function casesOf(
  db: Database,
  agents: readonly EvaluatedAgent[],
  { cases: file, limit }: Options,
): Promise<readonly EvaluationCase[]> {
  if (file === undefined) return (await Promise.all(agents.map((agent) => CASES[agent](db, limit)))).flat();
  const lines = (await readText(file)).split("\n").filter((line) => line.trim() !== "");
  const all = lines.map((line, i) => caseOf(line, `${file}:${i + 1}`));
  return agents.flatMap((agent) => all.filter((one) => one.agent === agent).slice(0, limit));
}

function caseOf(line: string, at: string): EvaluationCase {
  try {
    return evaluationCase.parse(JSON.parse(line));
  } catch (error) {
    throw new CliError("usage", `${at} is no case: ${messageOf(error).slice(0, 300)}`, "write cases with --save.");
  }
}

async function sidesOf({ inForce }: LoadedConfig, options: Options): Promise<readonly Side[]> {
  const model = options.model ?? inForce.models?.model ?? "";
  const first = await sideOf(model, options.prompt);
  if ((options.against ?? options.againstPrompt) === undefined) return [first];
  return [first, await sideOf(options.against ?? model, options.againstPrompt)];
}

async function sideOf(model: string, file: string | undefined): Promise<Side> {
  return { model, instructions: file === undefined ? undefined : await readText(file), prompt: file ?? "own" };
}

function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: Error) => {
    throw new CliError("usage", `${file} cannot be read: ${error.message}`, "name a file that is there.");
  });
}

interface Asking {
  readonly db: Database;
  readonly cases: readonly EvaluationCase[];
  readonly sides: readonly Side[];
  readonly maxUsd: number;
}

async function asked(
  terminal: Terminal,
  { inForce }: LoadedConfig,
  { db, cases, sides, maxUsd }: Asking,
): Promise<Evaluation> {
  if (inForce.models === undefined) {
    throw new MillraceError("invalid_config", {
      saw: "No model is set, so there is none to evaluate.",
      next: "set `models` in millrace.config.ts; docs/how-to/ask-a-model.md.",
      field: "models",
    });
  }
  const bar = await progressBar(terminal, `${counted(cases.length, "case")}`);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort(new CliError("interrupted", "Interrupted.", "")));
  const evaluation = await evaluate(cases, sides, {
    db,
    clock: systemClock,
    rules: inForce.models,
    drafts: inForce.drafts,
    maxUsd,
    signal: stop.signal,
    onProgress: (done) => bar.to(done / cases.length, `${done} of ${cases.length}`),
  });
  bar.end(`${counted(cases.length, "case")} asked.`);
  return evaluation;
}

async function save(terminal: Terminal, file: string, cases: readonly EvaluationCase[]): Promise<ExitCode> {
  // Without the contact: a file is not found by an erasure of the database, so who it was does not go there.
  await writeFile(file, cases.map(({ contact: _, ...one }) => `${JSON.stringify(one)}\n`).join(""));
  if (terminal.isJson) terminal.document({ saved: cases.length, file });
  else
    terminal.say(`${counted(cases.length, "case")} in ${file}. They hold people's words: keep them as you keep mail.`);
  return EXIT.ok;
}

function nothing(terminal: Terminal): ExitCode {
  if (terminal.isJson) terminal.document({ passes: true, sides: [], cases: [], regressions: [], improvements: [] });
  else
    terminal.say(
      "There are no corrections of people yet. Next: decide of drafts, or read replies again (`millrace replies read-again`).",
    );
  return EXIT.ok;
}

function show(terminal: Terminal, { sides, regressions, improvements }: Evaluation, passes: boolean): void {
  const rows = sides.map(({ model, prompt, right, asked: all, costUsd, distance }) => [
    model,
    prompt,
    `${right} of ${all}`,
    distance === null ? "" : `${Math.round(distance * 100)} %`,
    usd(costUsd),
  ]);
  terminal.data(table(["MODEL", "PROMPT", "RIGHT", "FROM WHAT WAS SENT", "COST"], rows));
  for (const one of regressions) terminal.data(harmless(`worse   ${lineOf(one)}`));
  for (const one of improvements) terminal.data(harmless(`better  ${lineOf(one)}`));
  const count = `${counted(regressions.length, "case")} worse, ${improvements.length} better.`;
  terminal.say(passes ? count : `${count} It does not pass.`);
}

function lineOf({ id, judgements }: CaseResult): string {
  return `${id}: ${judgements.map(({ said }) => said.slice(0, 200)).join(" → ")}`;
}
