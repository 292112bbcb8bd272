/**
 * How well the reply classifier reads: the checked-in rules and model on test/agents/replies-heldout.jsonl. Prints the
 * figures and writes docs/reply-classifier.md; a test fails when the page is not what this makes. `npm run evaluate`.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { classifyReply } from "../src/agents/reply-classifier/classify.ts";
import { replyModel } from "../src/agents/reply-classifier/model.ts";
import { plainOf } from "../src/agents/reply-classifier/plain-text.ts";
import { checkedReplySettings, DEFAULT_SURE_FROM } from "../src/agents/reply-classifier/reply-settings.ts";
import { REPLY_CLASSES } from "../src/events/mission-events.ts";
import { repliesOf } from "./train-replies.ts";

const root = join(import.meta.dirname, "..");
const PAGE = join(root, "docs", "reply-classifier.md");
const HELD_OUT = join(root, "test", "agents", "replies-heldout.jsonl");
const TRAINING = join(root, "src", "agents", "reply-classifier", "training", "replies.jsonl");
const RECEIVED_AT = Date.parse("2026-03-02T09:00:00Z");
const THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9];
/** The workflow stops for these whether the classifier is sure or not. */
const ALWAYS_ACTED_ON = ["opt_out", "complaint"];

interface Read {
  readonly language: string;
  readonly is: string;
  readonly read: string;
  readonly confidence: number;
  readonly byRule: boolean;
  readonly byModelAlone: string;
}

export interface Figures {
  readonly accuracy: number;
  readonly modelAlone: number;
  /** Share of the replies that are acted on, and how many of these are right. */
  readonly coverage: number;
  readonly precision: number;
}

function readAll(sureFrom: number): readonly Read[] {
  const rules = checkedReplySettings({ sureFrom });
  return repliesOf(HELD_OUT).map(({ text, language, class: is }) => {
    const read = classifyReply({ text, subject: "", automatic: false, receivedAt: RECEIVED_AT }, rules);
    return {
      language,
      is,
      read: read?.class ?? "none",
      confidence: read?.confidence ?? 0,
      byRule: read?.by.startsWith("rule:") ?? false,
      byModelAlone: replyModel.read(plainOf(text)).class,
    };
  });
}

export function figuresAt(sureFrom: number): Figures {
  const replies = readAll(sureFrom);
  const acted = replies.filter(({ read, confidence }) => confidence >= sureFrom || ALWAYS_ACTED_ON.includes(read));
  return {
    accuracy: shareOf(replies, isRight),
    modelAlone: shareOf(replies, ({ is, byModelAlone }) => is === byModelAlone),
    coverage: acted.length / replies.length,
    precision: shareOf(acted, isRight),
  };
}

export function classifierPage(): string {
  const replies = readAll(DEFAULT_SURE_FROM);
  const { accuracy, modelAlone, coverage, precision } = figuresAt(DEFAULT_SURE_FROM);
  const byRule = replies.filter((reply) => reply.byRule);
  const languages = [...new Set(replies.map(({ language }) => language))];
  return [
    "# How well replies are read",
    "",
    "Made by `npm run evaluate` from the checked-in rules and model (`" +
      replyModel.version +
      "`); a test checks that it is up to date.",
    "",
    `The model is trained on ${repliesOf(TRAINING).length} replies in six languages and judged on ${replies.length} others`,
    "it has never seen. Both were written by hand for this project, by the same author, and so were the rules: real mail is more",
    "varied, and these figures flatter. Four-fold cross-validation of the model on its training data gives about 0.63. Nothing was",
    "tuned on the held-out replies but the threshold.",
    "",
    `- right: **${percent(accuracy)}** (the model alone, without rules: ${percent(modelAlone)})`,
    `- decided by a rule: ${percent(byRule.length / replies.length)}, of these right: ${percent(shareOf(byRule, isRight))}`,
    `- acted on at \`replies.sureFrom\` ${DEFAULT_SURE_FROM}: **${percent(coverage)}**, of these right: **${percent(precision)}**; a person reads the rest`,
    "",
    "Acted on is what is sure, and every opt-out and complaint, sure or not: in doubt, nothing is sent.",
    "",
    ...table(
      ["sureFrom", "acted on", "of these right"],
      THRESHOLDS.map((threshold) => {
        const figures = figuresAt(threshold);
        return [String(threshold), percent(figures.coverage), percent(figures.precision)];
      }),
    ),
    "## By class",
    "",
    ...table(
      ["class", "replies", "precision", "recall", "F1", "precision when acted on"],
      REPLY_CLASSES.map((name) => rowOf(name, replies)),
    ),
    "## By language",
    "",
    ...table(
      ["language", "replies", "right"],
      languages.map((language) => {
        const own = replies.filter((reply) => reply.language === language);
        return [language, String(own.length), percent(shareOf(own, isRight))];
      }),
    ),
    "## What is taken for what",
    "",
    "Rows: what the reply says. Columns: what was read.",
    "",
    ...table(
      ["", ...REPLY_CLASSES],
      REPLY_CLASSES.map((is) => [
        is,
        ...REPLY_CLASSES.map((read) =>
          String(replies.filter((reply) => reply.is === is && reply.read === read).length),
        ),
      ]),
    ),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function rowOf(name: string, replies: readonly Read[]): readonly string[] {
  const are = replies.filter(({ is }) => is === name);
  const read = replies.filter((reply) => reply.read === name);
  const acted = read.filter(({ confidence }) => confidence >= DEFAULT_SURE_FROM || ALWAYS_ACTED_ON.includes(name));
  const precision = shareOf(read, isRight);
  const recall = shareOf(are, isRight);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return [
    name,
    String(are.length),
    ...[precision, recall, f1].map((value) => value.toFixed(2)),
    shareOf(acted, isRight).toFixed(2),
  ];
}

function isRight({ is, read }: Read): boolean {
  return is === read;
}

function shareOf<T>(all: readonly T[], isOne: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(isOne).length / all.length;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line), ""];
}

if (import.meta.main) {
  const page = classifierPage();
  writeFileSync(PAGE, page);
  process.stdout.write(page);
}
