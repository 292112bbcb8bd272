/**
 * Asks a model, or two side by side, the cases of people's corrections, and says which got worse. What it asks is reserved and recorded as
 * every question is, under a number of its own below the tasks', so the caps of the run and of the day hold.
 */
import type { Clock } from "../../base/clock.ts";
import type { Database } from "../../db/database.ts";
import type { ModelRules } from "../../models/model-settings.ts";
import { type Models, modelsOf } from "../../models/models.ts";
import type { DraftsInForce } from "../draft-writer/draft-settings.ts";
import { type EvaluationCase, type Judgement, judgeAnswer, questionOf } from "./cases.ts";

/** What is compared: a model with instructions. */
export interface Side {
  readonly model: string;
  /** undefined: the agent's own. */
  readonly instructions: string | undefined;
  /** "own", or the file they are from. */
  readonly prompt: string;
}

export interface SideResult {
  readonly model: string;
  readonly prompt: string;
  readonly right: number;
  readonly asked: number;
  readonly costUsd: number;
  /** Of letters that pass: the mean share of words that are not those that were sent; null: none. */
  readonly distance: number | null;
}

/** One case on both sides. */
export interface CaseResult {
  readonly id: string;
  readonly agent: string;
  /** By side. */
  readonly judgements: readonly Judgement[];
}

export interface Evaluation {
  readonly sides: readonly SideResult[];
  readonly cases: readonly CaseResult[];
  /** Right with the first, wrong with the second. */
  readonly regressions: readonly CaseResult[];
  readonly improvements: readonly CaseResult[];
}

export interface EvaluationParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly rules: ModelRules;
  readonly drafts: DraftsInForce;
  /** For the whole run, US dollars. */
  readonly maxUsd: number;
  /** Told after each case: how many are done. */
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

const AT_ONCE = 4;

/** @throws MillraceError invalid_config: no key, no price; the signal's reason. */
export async function evaluate(
  cases: readonly EvaluationCase[],
  sides: readonly Side[],
  parts: EvaluationParts,
): Promise<Evaluation> {
  const run = -parts.clock.now();
  const asking = sides.map((side) => askingOf(side, parts));
  const results: CaseResult[] = [];
  let next = 0;
  const work = async () => {
    for (let i = next++; i < cases.length; i = next++) {
      const one = cases[i];
      if (one === undefined) return;
      const judgements: JudgedAnswer[] = [];
      for (const [side, ask] of asking.entries()) judgements.push(await ask(one, run, side));
      results[i] = { id: one.id, agent: one.agent, judgements };
      parts.onProgress(results.filter(Boolean).length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return comparisonOf(results, sides);
}

interface JudgedAnswer extends Judgement {
  readonly costUsd: number;
}

type AskCase = (one: EvaluationCase, run: number, side: number) => Promise<JudgedAnswer>;

function askingOf(
  { model, instructions }: Side,
  { db, clock, rules, drafts, maxUsd, signal }: EvaluationParts,
): AskCase {
  const caps = { ...rules.caps, perTaskUsd: maxUsd, perContactUsd: maxUsd };
  const models: Models = modelsOf({ db, clock, rules: { ...rules, model, caps } });
  return async (one, run, side) => {
    const question = questionOf(one, instructions);
    const work = { agent: one.agent, task: run, contact: one.contact ?? null, signal, step: `${side} ${one.id}` };
    const { answer, call } = await models.ask({ ...question, prompt: `${question.prompt} evaluated` }, work);
    const costUsd = call?.costUsd ?? 0;
    if (answer.outcome !== "answered") return { right: false, said: `${answer.outcome}: ${answer.error}`, costUsd };
    return { ...judgeAnswer(one, answer.value, drafts), costUsd };
  };
}

function comparisonOf(cases: readonly CaseResult[], sides: readonly Side[]): Evaluation {
  const isRight = ({ judgements }: CaseResult, side: number) => judgements[side]?.right === true;
  const isCompared = sides.length > 1;
  return {
    sides: sides.map(({ model, prompt }, side) => {
      const judged = cases.map(({ judgements }) => judgements[side] as JudgedAnswer);
      const distances = judged.flatMap(({ distance }) => (distance === undefined ? [] : [distance]));
      const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
      return {
        model,
        prompt,
        right: judged.filter(({ right }) => right).length,
        asked: judged.length,
        costUsd: sum(judged.map(({ costUsd }) => costUsd)),
        distance: distances.length === 0 ? null : sum(distances) / distances.length,
      };
    }),
    cases,
    regressions: cases.filter((one) => isCompared && isRight(one, 0) && !isRight(one, 1)),
    improvements: cases.filter((one) => isCompared && !isRight(one, 0) && isRight(one, 1)),
  };
}
