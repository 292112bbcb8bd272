/** A list without end is brought up to date by parts, and no row is lost, doubled or moved that did not change. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changedPages, type Endless, meets, type Page, type Pages, withFreshPage } from "./endless.ts";

interface RowsPage extends Page {
  readonly rows: readonly string[];
}

/** A row is one character and how it looks: "b" is about b, and "b2" is b after a change. */
const LIST: Endless = {
  ask: () => Promise.reject(new Error("nothing is asked here")),
  rowsOf: (page) => (page as RowsPage).rows,
  withRows: (page, rows) => ({ ...page, rows }) as RowsPage,
  keyOf: (row) => String(row).charAt(0),
  subjectsOf: (row) => [String(row).charAt(0)],
};
const NONE = new Set<string>();

describe("a list of many pages", () => {
  const three = listOf(["a b c", "d e f", "g h i"]);

  it("gets what is new at its top, and keeps the rows that were pushed to the next page", () => {
    assert.deepEqual(rowsOf(fresh(three, undefined, ["x y a"])), ["x y a b c", "d e f", "g h i"]);
  });

  it("loses a row that is gone, in the page that was asked and where the row stood before", () => {
    assert.deepEqual(rowsOf(fresh(three, undefined, ["a c d"], "b")), ["a c d", "e f", "g h i"]);
    assert.deepEqual(rowsOf(fresh(three, undefined, ["h2 a b"], "h")), ["h2 a b c", "d e f", "g i"]);
  });

  it("shows a changed row where it stands, and asks the pages alone that hold one", () => {
    assert.deepEqual(changedPages(three, LIST, new Set(["b", "h"])), [2]);
    assert.deepEqual(rowsOf(fresh(three, "f", ["g h2 i"], "h")), ["a b c", "d e f", "g h2 i"]);
  });

  it("does not lose the rows between a row that moved up and those that stayed", () => {
    // c moved to the top and two are new: a and b are pushed out of the answer, and stay.
    const data = listOf(["z a b c", "d e f g"]);
    assert.deepEqual(rowsOf(fresh(data, undefined, ["x y c2 z"], "c")), ["x y c2 z a b", "d e f g"]);
  });

  it("meets what was there only by a row that no event concerns", () => {
    const [top] = three.pages;
    assert.equal(meets(LIST, top as Page, ["x", "y", "b2"], new Set(["b"])), false);
    assert.equal(meets(LIST, top as Page, ["x", "a", "b2"], new Set(["b"])), true);
  });

  it("takes several pages of new rows at its top", () => {
    assert.deepEqual(rowsOf(fresh(three, undefined, ["u v w", "x y a"])), ["u v w x y a b c", "d e f", "g h i"]);
  });

  it("ends where the answer ends, and goes on where more is behind, however few rows a page has left", () => {
    assert.deepEqual(rowsOf(fresh(three, "c", ["d e"], "f", true)), ["a b c", "d e"]);
    const shorter = fresh(three, undefined, ["i2 a b"], "i");
    assert.deepEqual(rowsOf(shorter), ["i2 a b c", "d e f", "g h"]);
    assert.equal(shorter.pages.at(-1)?.next, "i");
  });

  it("stays as it is when the page that was asked is not there any more", () => {
    assert.equal(fresh(three, "elsewhere", ["x"]), three);
  });

  /** @param isEnd nothing is behind the answer. */
  function fresh(data: Pages, param: unknown, answers: readonly string[], subjects = "", isEnd = false) {
    const pages = answers.map((rows, at) => pageOf(rows, isEnd && at === answers.length - 1 ? undefined : "more"));
    return withFreshPage(data, LIST, { param, fresh: pages }, subjects === "" ? NONE : new Set(subjects));
  }
});

function pageOf(rows: string, next: unknown): RowsPage {
  return { rows: rows.split(" "), next };
}

/** Each page begins behind the last row of the one before. */
function listOf(texts: readonly string[]): Pages {
  const pages = texts.map((text) => pageOf(text, text.at(-1)));
  return { pages, pageParams: [undefined, ...pages.slice(0, -1).map(({ next }) => next)] };
}

function rowsOf({ pages }: Pages): string[] {
  return pages.map((page) => (page as RowsPage).rows.join(" "));
}
