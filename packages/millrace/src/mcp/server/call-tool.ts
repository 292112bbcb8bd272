/** A call of a tool: allowed, asked, cut to a length, and answered; what goes wrong is an answer too. */
import { didYouMean } from "../../base/errors.ts";
import type { OperationWords } from "../../operations/operation.ts";
import { needOf } from "../../operations/rights.ts";
import { type Bounded, bounded, MAX_ANSWER_LENGTH } from "./bounded.ts";
import type { Desk, ShownError } from "./desk.ts";
import { DEFAULT_LIMIT, findTool, MOST, mayUse, type ToolOperation, toolNames } from "./tools.ts";

/** As tools/call answers. A type, not an interface: the SDK's results take any further field. */
export type ToolAnswer = {
  content: { type: "text"; text: string }[];
  structuredContent?: Record<string, unknown>;
  isError?: boolean;
};

/** @returns undefined when there is no such tool. */
export async function callTool(
  desk: Desk,
  tool: string,
  input: Readonly<Record<string, unknown>>,
): Promise<ToolAnswer | undefined> {
  const found = findTool(tool);
  if (found === undefined) return undefined;
  if (!mayUse(desk.rights, found)) {
    return failed({ code: "forbidden", ...desk.lacking(needOf(found.words)) });
  }
  try {
    const asked = await withLimit(found, input);
    return answered(found, asked, await desk.ask(found.name, asked));
  } catch (error) {
    return failed(desk.shown(error));
  }
}

/** What is said of a tool there is not. */
export function unknownTool(tool: string): string {
  return `There is no tool "${tool.slice(0, 200)}".${didYouMean(tool, toolNames())} Next: tools/list says which there are.`;
}

/** A number of items beyond what a page may have is brought down to it. */
async function withLimit(
  { words }: ToolOperation,
  input: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  if (!(await hasLimit(words))) return { ...input };
  const { limit = DEFAULT_LIMIT } = input;
  return { ...input, limit: typeof limit === "number" && limit > MOST ? MOST : limit };
}

async function hasLimit({ load }: OperationWords): Promise<boolean> {
  const { input } = await load();
  return Object.hasOwn(input.shape, "limit");
}

function answered(found: ToolOperation, input: Readonly<Record<string, unknown>>, given: unknown): ToolAnswer {
  // Through JSON: fields that are undefined are not there for a client.
  const short = bounded(JSON.parse(JSON.stringify(given)) as object, MAX_ANSWER_LENGTH);
  if (short.answer === undefined) {
    return failed({
      code: "answer_too_long",
      saw: `The answer of ${found.tool} is longer than ${MAX_ANSWER_LENGTH} characters and has no list to cut.`,
      next: "ask for a part of it, or look at it in the console.",
    });
  }
  const more = moreOf(found, input, short);
  const structuredContent = { ...short.answer, ...(more === undefined ? {} : { more }) };
  return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
}

interface More {
  readonly cut?: Bounded["cuts"];
  readonly shortened?: number;
  readonly next?: { readonly tool: string; readonly arguments: object };
}

function moreOf(found: ToolOperation, input: Readonly<Record<string, unknown>>, short: Bounded): More | undefined {
  const next = nextPage(found, input, short);
  const more = {
    ...(short.cuts.length === 0 ? {} : { cut: short.cuts }),
    ...(short.shortened === 0 ? {} : { shortened: short.shortened }),
    ...(next === undefined ? {} : { next: { tool: found.tool, arguments: next } }),
  };
  return Object.keys(more).length === 0 ? undefined : more;
}

/** The arguments of the next page: there may be one when this one is full, and there is one when it was cut. */
function nextPage(
  { page }: ToolOperation,
  input: Readonly<Record<string, unknown>>,
  short: Bounded,
): object | undefined {
  if (page === undefined) return undefined;
  const answer = short.answer as Record<string, unknown>;
  const items = answer[page.list] as readonly Readonly<Record<string, unknown>>[];
  const last = items.at(-1);
  const isCut = short.cuts.some(({ list }) => list === page.list);
  const field = page.ahead !== undefined && input[page.ahead] !== undefined ? page.ahead : page.field;
  const further = page.further === undefined ? undefined : answer[page.further];
  if (!isCut && typeof further === "number") return { ...input, [field]: further };
  if (last === undefined || (!isCut && items.length < Number(input.limit))) return undefined;
  return { ...input, [field]: last[page.by] };
}

function failed(error: ShownError): ToolAnswer {
  return { content: [{ type: "text", text: JSON.stringify(error) }], isError: true };
}
