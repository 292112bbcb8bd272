/**
 * A list without end, brought up to date page by page: what was asked again takes the place of what was there, and the rest of the
 * list stays as it is. Pure; refresh.ts asks.
 */

/** Whom or what an event concerns and a row is about: "7b0c…" (a contact's id), "task:12", "alert:3". */
export type Subject = string;

/** Pages of a list that are asked again as a whole when its screen is opened anew; of a longer one only what changed. */
const SHORT = 2;

/** A page as it was answered. */
export interface Page {
  /** Where the page behind it begins; undefined behind the last. */
  readonly next: unknown;
}

/** How a list is made of pages, and its pages of rows. */
export interface Endless {
  /** One page; `param` is where it begins, undefined the first. */
  readonly ask: (param: unknown, signal?: AbortSignal) => Promise<Page>;
  readonly rowsOf: (page: Page) => readonly unknown[];
  readonly withRows: (page: Page, rows: readonly unknown[]) => Page;
  readonly keyOf: (row: unknown) => string | number;
  /** What a row is about; [] where rows never change. */
  readonly subjectsOf: (row: unknown) => readonly Subject[];
}

/** As TanStack Query keeps it. */
export interface Pages {
  readonly pages: readonly Page[];
  /** Where each page begins. */
  readonly pageParams: readonly unknown[];
}

/** Whether all of a list may be asked again, or nothing of it is known yet. */
export function isShort(data: { readonly pages: readonly unknown[] } | undefined): boolean {
  return (data?.pages.length ?? 0) <= SHORT;
}

/** The pages that hold rows about these subjects, by their place; the first page is always asked, and not among them. */
export function changedPages({ pages }: Pages, list: Endless, subjects: ReadonlySet<Subject>): number[] {
  return pages.flatMap((page, place) =>
    place > 0 && list.rowsOf(page).some((row) => isAbout(list, row, subjects)) ? [place] : [],
  );
}

export function isAbout(list: Endless, row: unknown, subjects: ReadonlySet<Subject>): boolean {
  return list.subjectsOf(row).some((subject) => subjects.has(subject));
}

/**
 * Whether pages that were asked again reach what was not: then no row between them is missing. A row that no event concerns stands
 * where it stood, so the newest answer and the old page meet there.
 */
export function meets(list: Endless, old: Page, fresh: readonly unknown[], subjects: ReadonlySet<Subject>): boolean {
  return meetingPlace(list, list.rowsOf(old), fresh, subjects) !== undefined;
}

/**
 * The list with one page asked again.
 * @param fresh the page, or it and those behind it, from where the old one begins.
 * @returns the same list when the page is gone meanwhile.
 */
export function withFreshPage(
  data: Pages,
  list: Endless,
  { param, fresh }: { readonly param: unknown; readonly fresh: readonly Page[] },
  subjects: ReadonlySet<Subject>,
): Pages {
  const place = data.pageParams.indexOf(param);
  const [first, last] = [fresh[0], fresh.at(-1)];
  if (place < 0 || first === undefined || last === undefined) return data;
  const rows = fresh.flatMap((page) => list.rowsOf(page));
  const keys = new Set(rows.map(list.keyOf));
  const isElsewhere = (row: unknown) => !keys.has(list.keyOf(row));
  // Nothing is behind what was asked: all that was there is gone.
  const end = last.next === undefined ? place + 1 : data.pages.length;
  const pages = data.pages.slice(0, end).map((page, at) => {
    const old = list.rowsOf(page);
    if (at !== place) return old.every(isElsewhere) ? page : list.withRows(page, old.filter(isElsewhere));
    const rest = last.next === undefined ? [] : restOf(list, old, rows, subjects).filter(isElsewhere);
    return { ...list.withRows(first, [...rows, ...rest]), next: rest.length === 0 ? last.next : page.next };
  });
  return { pages, pageParams: data.pageParams.slice(0, end) };
}

/** What of the old page stands behind the fresh rows. */
function restOf(
  list: Endless,
  old: readonly unknown[],
  fresh: readonly unknown[],
  subjects: ReadonlySet<Subject>,
): readonly unknown[] {
  const met = meetingPlace(list, old, fresh, subjects);
  return met === undefined ? old.filter((row) => !isAbout(list, row, subjects)) : old.slice(met + 1);
}

/** Where the last fresh row stands in the old page that is surely where it was. */
function meetingPlace(
  list: Endless,
  old: readonly unknown[],
  fresh: readonly unknown[],
  subjects: ReadonlySet<Subject>,
): number | undefined {
  const places = new Map(old.map((row, place) => [list.keyOf(row), place]));
  const met = fresh.findLast((row) => places.has(list.keyOf(row)) && !isAbout(list, row, subjects));
  return met === undefined ? undefined : places.get(list.keyOf(met));
}
