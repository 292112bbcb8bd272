/**
 * What the simulated model answers where its own rule would give nothing worth looking at: an e-mail out of the facts it was given, a score
 * and a failure in the words they came with. Everything else is left to the simulator. Pure.
 */
import type { MessagesRequest, Turn } from "@millrace/model-simulator";

/** `T1 (template): words` */
const FACT = /^(?<id>[TALP]\d+) \((?<what>[^)]*)\): (?<words>.*)$/gm;

interface Fact {
  readonly id: string;
  readonly what: string;
  readonly words: string;
}

/** @returns undefined: answered by the simulator's rule. */
export function simulatedAnswer(request: MessagesRequest): Turn | undefined {
  const text = textIn(request);
  if (text.includes("<letter>") && text.includes("<facts>")) return { json: letterOf(text) };
  if (text.includes("<points>") && text.includes("<lead>")) return { json: scoreWordsOf(text) };
  if (text.includes("<failure>") && text.includes("<events>")) return { json: summaryOf(text) };
  return undefined;
}

function textIn({ messages }: MessagesRequest): string {
  const content = messages.at(-1)?.content ?? "";
  return typeof content === "string" ? content : content.map(({ text }) => text ?? "").join("\n");
}

/** The owner's own sentences, behind one that says whom they are for. */
function letterOf(text: string) {
  const facts = [...text.matchAll(FACT)].map(({ groups }) => groups as unknown as Fact);
  const own = facts.filter(({ id }) => /^[TA]/.test(id));
  const company = facts.find(({ what }) => what === "company");
  const subject = /^Subject: (.*)$/m.exec(text)?.[1] ?? "";
  const first = own[0];
  const opening =
    company === undefined || first === undefined || !first.words.includes(company.words)
      ? []
      : [{ text: `I write because of ${company.words}.`, facts: [company.id, first.id] }];
  return {
    subject,
    paragraphs: [...opening, ...own.map(({ id, words }) => ({ text: sentence(words), facts: [id] }))].slice(0, 4),
  };
}

/** A template's sentence may go on from its greeting: "Hi Ada, teams like yours …". */
function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The reason with the most points, and what they wrote. */
function scoreWordsOf(text: string) {
  const reasons = [...text.matchAll(/^(-?\d+(?:\.\d+)?): (.+)$/gm)].map(([, points, because]) => ({
    points: Number(points),
    because,
  }));
  const [most] = reasons.toSorted((a, b) => b.points - a.points);
  const message = /^message: (.{3,80})/m.exec(text)?.[1];
  return {
    sentences: most === undefined ? [] : [`Most points come from this: ${most.because}.`],
    beyond:
      message === undefined ? [] : [{ what: "They wrote something that the points do not count.", words: message }],
  };
}

/** What failed, with the last event that says so. */
function summaryOf(text: string) {
  const failure = /<failure>\s*([^\n]{1,300})/.exec(text)?.[1] ?? "";
  const last = [...text.matchAll(/^(\d+) \S+ (?:task_failed|mcp_tool_failed)/gm)].at(-1)?.[1];
  return { sentences: last === undefined ? [] : [{ text: `It was given up: ${failure}`, events: [Number(last)] }] };
}
