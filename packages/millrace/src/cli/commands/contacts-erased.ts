/** `millrace contacts erased`: the list of erasures, to keep outside of the database; after a restore `contacts erase --from` applies it. */
import { listErasures } from "../../erasure/erasure-list.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const entries = await withDatabase(await openProject(call, false), (db) => listErasures(db));
  for (const entry of entries) {
    if (terminal.isJson) terminal.document(entry);
    else terminal.data(`${entry.erasedAt}  ${"contact" in entry ? entry.contact : `${entry.kind} ${entry.hash}`}`);
  }
  if (entries.length === 0) terminal.say("Nobody was erased.");
}
