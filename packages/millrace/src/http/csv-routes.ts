/** Each list once more as CSV, from its first row to its last, page by page as it is read; with the same filters and for the same people. */
import { Readable } from "node:stream";
import { z } from "zod";
import { type OperationName, operations } from "../actions/operations.ts";
import type { Actor } from "../events/actor.ts";
import type { OperationWords } from "../operations/operation.ts";
import { needOf } from "../operations/rights.ts";
import { ask } from "../operations/surface.ts";
import { fromTexts } from "../operations/texts.ts";
import { actorOfCaller } from "./access.ts";
import { csvLine } from "./csv.ts";
import { type CsvList, csvLists } from "./csv-lists.ts";
import type { Call, Route } from "./route.ts";

/** Rows of one page. */
const PAGE = 500;

export const csvRoutes: readonly Route[] = Object.entries(csvLists).map(([name, list]) => {
  const words: OperationWords = operations[name as OperationName];
  return {
    method: "GET",
    path: `${words.http.path}.csv`,
    access: "operator",
    scope: needOf(words),
    roles: words.roles,
    tag: words.tag,
    about: `As ${words.http.path}, with the same filters, all of it as CSV. What a spreadsheet would take for a formula stands as text.`,
    query: z.looseObject({}),
    answers: { 200: { about: "A header and a line for each row, in UTF-8.", type: "text/csv" } },
    handle: (call) => answer(call, name, words, list),
  };
});

type Texts = Readonly<Record<string, unknown>>;

async function answer(
  call: Call<unknown, Texts, unknown>,
  name: string,
  words: OperationWords,
  list: CsvList,
): Promise<"streaming"> {
  const { input } = await words.load();
  const { limit: _, ...filters } = fromTexts(input, call.query);
  const by = actorOfCaller(call.caller);
  const read = (page: object) =>
    ask(words, (actor: Actor) => call.engine.contextFor(actor), { ...filters, ...page, limit: PAGE }, by);
  // Before a byte is sent: what is wrong with the filters is answered as anywhere else.
  const first = await read({});
  call.reply
    .header("cache-control", "no-store")
    .header("content-disposition", `attachment; filename="${name}.csv"`)
    .type("text/csv; charset=utf-8")
    .send(Readable.from(pagesOf(first, read, list), { objectMode: false }));
  return "streaming";
}

/** The next page is read when this one was taken. */
async function* pagesOf(
  first: unknown,
  read: (page: object) => Promise<unknown>,
  { rows, field, next, further, columns }: CsvList,
): AsyncGenerator<string> {
  // By this mark spreadsheets know that it is UTF-8.
  yield `\uFEFF${csvLine(Object.keys(columns))}`;
  const cells = Object.values(columns);
  for (let answer = first; ; ) {
    const found = rows(answer as never);
    if (found.length > 0) yield found.map((row) => csvLine(cells.map((cell) => cell(row)))).join("");
    const scannedTo = further?.(answer as never) ?? null;
    if (scannedTo === null && found.length < PAGE) return;
    answer = await read({ [field]: scannedTo ?? next(found.at(-1)) });
  }
}
