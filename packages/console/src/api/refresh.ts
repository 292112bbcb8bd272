/** Asks again what events may have changed: a question as a whole, a list without end only where it did. */
import type { Query, QueryClient } from "@tanstack/react-query";
import {
  changedPages,
  type Endless,
  isShort,
  meets,
  type Page,
  type Pages,
  type Subject,
  withFreshPage,
} from "./endless.ts";
import type { Topic } from "./freshness.ts";

/** Pages behind the first that are asked again at the same time. */
const PAGES_AT_ONCE = 3;
/** New rows at the top of a list are read so many pages far; where more came, the list begins anew. */
const PAGES_OF_NEW = 3;

/** What happened to long lists while their screens were closed. */
const missed = new WeakMap<Query, Set<Subject>>();

/**
 * @param subjects what the events concern; none: only what is new at the top of a list is asked.
 * @returns when long lists are up to date. Never rejects.
 */
export async function refresh(
  client: QueryClient,
  topics: ReadonlySet<Topic>,
  subjects: ReadonlySet<Subject> = new Set(),
): Promise<void> {
  const queries = client.getQueryCache().findAll({ predicate: ({ queryKey }) => topics.has(queryKey[0] as Topic) });
  await Promise.all(queries.map((query) => refreshOne(client, query, subjects)));
}

/** Long lists are brought up to date when their screens are opened again. @returns a function that ends it. */
export function catchUp(client: QueryClient): () => void {
  return client.getQueryCache().subscribe(({ type, query }) => {
    const subjects = missed.get(query);
    if (type !== "observerAdded" || subjects === undefined) return;
    missed.delete(query);
    void refreshOne(client, query, subjects);
  });
}

/** Whether all of a question may be asked again. */
export function isAskedWhole(query: Query): boolean {
  return query.meta?.endless === undefined || isShort(query.state.data as Pages | undefined);
}

async function refreshOne(client: QueryClient, query: Query, subjects: ReadonlySet<Subject>): Promise<void> {
  const list = query.meta?.endless as Endless | undefined;
  if (list !== undefined && query.state.data !== undefined && query.isActive()) {
    await refreshList(client, query, list, subjects);
  } else if (isAskedWhole(query)) {
    void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  } else {
    missed.set(query, new Set([...(missed.get(query) ?? []), ...subjects]));
  }
}

async function refreshList(
  client: QueryClient,
  query: Query,
  list: Endless,
  subjects: ReadonlySet<Subject>,
): Promise<void> {
  const data = query.state.data as Pages;
  const put = (asked: readonly Asked[]) =>
    client.setQueryData<Pages>(query.queryKey, (now) =>
      asked.reduce((so, page) => withAsked(so, list, page, subjects), now),
    );
  try {
    put([await askTop(data, list, subjects)]);
    const changed = changedPages(data, list, subjects).map((place) => data.pageParams[place]);
    for (let at = 0; at < changed.length; at += PAGES_AT_ONCE) {
      const some = changed.slice(at, at + PAGES_AT_ONCE);
      put(await Promise.all(some.map(async (param) => ({ param, fresh: [await list.ask(param)], isBeyond: false }))));
    }
  } catch {
    // Asked as a whole, the list says what is wrong.
    void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
  }
}

function withAsked(
  now: Pages | undefined,
  list: Endless,
  asked: Asked,
  subjects: ReadonlySet<Subject>,
): Pages | undefined {
  if (now === undefined) return now;
  return asked.isBeyond ? begunAnew(now, asked.fresh) : withFreshPage(now, list, asked, subjects);
}

interface Asked {
  readonly param: unknown;
  readonly fresh: readonly Page[];
  /** So much is new that what was there is not reached. */
  readonly isBeyond: boolean;
}

/** The first page, and those behind it until they reach what was there. */
async function askTop(
  { pages: [old], pageParams: [param] }: Pages,
  list: Endless,
  subjects: ReadonlySet<Subject>,
): Promise<Asked> {
  const fresh: Page[] = [];
  for (let at = param; fresh.length < PAGES_OF_NEW; ) {
    const page = await list.ask(at);
    fresh.push(page);
    const rows = fresh.flatMap((one) => list.rowsOf(one));
    const isReached = page.next === undefined || old === undefined || meets(list, old, rows, subjects);
    if (isReached) return { param, fresh, isBeyond: false };
    at = page.next;
  }
  return { param, fresh, isBeyond: true };
}

/** A list that is read further down stays as it is until it is asked as a whole: what is read would be gone. */
function begunAnew(now: Pages, fresh: readonly Page[]): Pages {
  return isShort(now) ? { pages: fresh.slice(0, 1), pageParams: now.pageParams.slice(0, 1) } : now;
}
