/** Filters of a list that a person keeps under a name: one row each. */
import type { Queryable } from "../db/database.ts";

/** The lists whose filters can be kept. */
export const VIEW_SCREENS = ["leads", "tasks", "events"] as const;
export type ViewScreen = (typeof VIEW_SCREENS)[number];

export interface SavedView {
  readonly screen: ViewScreen;
  readonly name: string;
  /** What stands behind the question mark of the console's address: "band=hot&sort=score". */
  readonly search: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** Of one person, by screen and name. */
export function listViews(db: Queryable, person: string): Promise<SavedView[]> {
  return db.query<SavedView>(
    `select screen, name, search, saved_at as "savedAt" from saved_views where person = $1 order by screen, lower(name)`,
    [person],
    "list_views",
  );
}

/** Keeps a view, or what it is now. @returns false when the person has `max` others. */
export async function putView(db: Queryable, person: string, view: SavedView, max: number): Promise<boolean> {
  const rows = await db.query(
    `insert into saved_views (person, screen, name, search, saved_at)
     select $1, $2, $3, $4, $5 where (select count(*) from saved_views where person = $1 and (screen, name) <> ($2, $3)) < $6
     on conflict (person, screen, name) do update set search = excluded.search, saved_at = excluded.saved_at returning 1`,
    [person, view.screen, view.name, view.search, new Date(view.savedAt), max],
  );
  return rows.length > 0;
}

/** @returns false when there is none of that name. */
export async function deleteView(db: Queryable, person: string, screen: ViewScreen, name: string): Promise<boolean> {
  const rows = await db.query("delete from saved_views where person = $1 and screen = $2 and name = $3 returning 1", [
    person,
    screen,
    name,
  ]);
  return rows.length > 0;
}
