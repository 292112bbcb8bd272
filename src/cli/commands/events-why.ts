/** `millrace events why <position>`: the chain of causes, with what was decided on each link. */
import { explainEvent } from "../../read/why.ts";
import type { Call } from "../command.ts";
import { withDatabase } from "../database.ts";
import { parseId } from "../parse.ts";
import { openProject } from "../project.ts";
import { short } from "../text.ts";
import { chainText } from "../why-text.ts";

export async function run(call: Call): Promise<void> {
  const { terminal } = call;
  const position = parseId("an event", call.words[0]);
  const why = await withDatabase(await openProject(call, false), (db) => explainEvent(db, position));
  if (terminal.isJson) return terminal.document(why);
  terminal.data(chainText(why, terminal));
  if (why.effects.length === 0) return;
  terminal.data("It led to:");
  for (const effect of why.effects) terminal.data(`  ${effect.position}  ${effect.type}  ${short(effect.data, 80)}`);
}
