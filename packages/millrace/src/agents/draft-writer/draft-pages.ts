/** The home pages e-mails were written from: a step of their tasks, so that another attempt asks the same question. */
import type { Database } from "../../db/database.ts";
import { isOfReplay } from "../../events/replays.ts";

/** The step's name. */
export const READ_PAGE = "read the home page";

/** @returns undefined for a task of no replay; null where no page is on record. */
export async function recordedPage(
  db: Database,
  task: number,
  contact: string,
): Promise<{ readonly page: string | null } | undefined> {
  if (!(await isOfReplay(db, task))) return undefined;
  const [row] = await db.query<{ page: string | null }>(
    "select result->>'page' as page from task_steps where contact = $1 and name = $2 and is_done order by begun_at desc limit 1",
    [contact, READ_PAGE],
    "recorded_page",
  );
  return { page: row?.page ?? null };
}
