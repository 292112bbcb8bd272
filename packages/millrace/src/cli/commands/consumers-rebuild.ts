/** `millrace consumers rebuild <name>`: what it built is emptied; a running engine fills it again from the log. */
import { analytics } from "../../consumers/analytics.ts";
import { rebuildConsumer } from "../../consumers/rebuild.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { openProject } from "../project.ts";

export async function run(call: Call): Promise<void> {
  const { terminal, words } = call;
  const [name = ""] = words;
  const loaded = await openProject(call, false);
  const { pack, consumers = [] } = loaded.config;
  const known = [...(pack === false ? [] : [analytics(pack?.conversions)]), ...consumers];
  await withDatabase(loaded, (db) => rebuildConsumer(db, known, name));
  if (terminal.isJson) return terminal.document({ name, rebuilding: true });
  terminal.say(`Emptied. A running engine builds ${name} again from the log. Next: millrace consumers list`);
}
